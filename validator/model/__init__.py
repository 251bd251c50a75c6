"""A document as the rules see it: its tasks and services, their graph and their plans."""
