"""What a check costs, as ratios taken in one run."""
