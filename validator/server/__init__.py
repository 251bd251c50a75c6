"""The language server: the engine and the editor features, spoken over the protocol of editors."""
