"""Executions beside the plan of a file: what ran when, and what waited for what."""
