"""The TKD engine: pure functions over coded arrays. No clock, no network, no database, no web."""
