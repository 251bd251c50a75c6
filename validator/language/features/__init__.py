"""Language features, as functions of a text and an offset."""
