"""The position of a cursor in a document, even if that is half typed."""
