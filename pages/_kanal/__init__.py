"""The panels of Kanal & kategori."""
