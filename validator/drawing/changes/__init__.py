"""Changes of plans as text, Markdown and JSON."""

ENDINGS = {"json": (".json",), "markdown": (".md",), "text": (".txt",)}
"""The formats of `plan --diff`, each with the endings of its files."""
