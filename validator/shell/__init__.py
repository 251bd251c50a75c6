"""Shell scripts in automation files: where their characters are in the file, how they are read,
what shellcheck says of them.
"""
