"""Plans as text, JSON and Mermaid."""
