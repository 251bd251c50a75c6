"""Where boxes and lines are in a picture."""
