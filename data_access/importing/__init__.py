"""Real pulls of a CRM (CSV, XLSX, JSON) into the contract, by a declared mapping."""
