"""Text edits: what fixes change, and nothing else."""
