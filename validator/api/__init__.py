"""The API documents: their model, and the rules about them."""
