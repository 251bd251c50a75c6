"""From the bytes of a document to its node tree, with exact places and within bounds."""
