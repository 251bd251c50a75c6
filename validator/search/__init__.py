"""Which files to check: those that are named, and those at the known places of folders."""
