"""What things look like. Knows no database and no app."""
