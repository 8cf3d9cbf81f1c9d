"""The panels of Waktu."""
