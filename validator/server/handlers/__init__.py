"""Handlers of the protocol's requests."""
