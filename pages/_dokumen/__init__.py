"""The panels of the documents."""
