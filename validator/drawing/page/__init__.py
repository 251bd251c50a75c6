"""A self-contained HTML page about a file."""
