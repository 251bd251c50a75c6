"""Text edits, used by fixes."""
