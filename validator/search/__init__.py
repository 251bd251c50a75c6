"""Find the files to check: named ones, and those at the known paths of folders."""
