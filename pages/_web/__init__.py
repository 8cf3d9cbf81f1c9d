"""Web plumbing: guard, session, headers, static files and the live API. Not a screen."""
