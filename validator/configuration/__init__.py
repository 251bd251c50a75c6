"""What a configuration file says, which one is in force, and what is wrong with it."""
