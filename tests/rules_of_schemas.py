"""The rules of the schemas: what the platform's own contract rejects."""

from __future__ import annotations

from validator.rules import INDEX

RULES_OF_SCHEMAS = frozenset(
    name for name, entry in INDEX.items() if entry.module.startswith("validator.contract.rules.")
)
