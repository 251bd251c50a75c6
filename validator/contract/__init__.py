"""Whether a document keeps to the JSON Schema of its kind, and if not, why, in our own words."""
