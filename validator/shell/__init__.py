"""Shell scripts in automation files: their characters in the file, their syntax, shellcheck."""
