"""Where a cursor is in a document, also in one that is half typed."""
