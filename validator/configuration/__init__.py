"""Configuration files: find, load and validate them."""
