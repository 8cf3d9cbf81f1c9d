"""The panels of Peringatan Dini: what is shown of a desk's body, live or as it was stored."""
