"""What an editor shows and asks of a document: pure functions of a text and an offset in it."""
