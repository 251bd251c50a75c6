"""Files and their paths: read and replace files, and match patterns of ignore files."""
