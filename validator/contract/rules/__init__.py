"""The rules of the schemas: one module each, with its declaration, messages and fixes."""
