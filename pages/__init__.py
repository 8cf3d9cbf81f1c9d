"""Screens: one module per screen, layout and thin callbacks."""
