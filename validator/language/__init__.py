"""Editor features for a document: pure functions of a text and an offset in it."""
