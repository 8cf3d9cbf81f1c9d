"""The panels of the ranking."""
