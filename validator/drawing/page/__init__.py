"""A page on a file that needs nothing else."""
