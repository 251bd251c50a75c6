"""Files and their paths: reading one, replacing one, patterns of ignore files."""
