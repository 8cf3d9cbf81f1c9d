"""The simulated CRM city: the only code that ever writes to a CRM schema."""
