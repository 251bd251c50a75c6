"""The layout of a picture: places of boxes and lines."""
