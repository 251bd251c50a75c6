"""Benchmarks of checks, as ratios measured in one run."""
