"""What is said of plans in sentences, the same on the command line, in editors and on the page."""
