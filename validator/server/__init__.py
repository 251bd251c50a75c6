"""The language server: the engine and the editor features over the Language Server Protocol."""
