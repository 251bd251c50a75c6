"""Parse the bytes of a document to a node tree, with exact places and within limits."""
