"""Validate a document against the JSON Schema of its kind, and explain errors in our own words."""
