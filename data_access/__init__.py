"""Questions to PostgreSQL: one module per aggregate, one function per question."""
