"""What documents say, and the commands that make them: from the data to content, from content to files."""
