"""Objects of API documents in two spellings. Found by `validator.api.mixed_spelling`."""

from __future__ import annotations

from validator.finding import Severity
from validator.rules.rule import Rule

_GOOD = """\
id: 3f1c2a9e-5b7d-4c1a-9e0f-2d6b8a4c7e11
environmentId: 8d0e6b52-1f3a-4b7c-8a9d-0c5e7f2b4d63
dependsOn: []
spec:
  command: npm ci
"""

RULES = (
    Rule(
        name="mixed-spelling",
        severity=Severity.WARNING,
        summary="The fields of an object are in two spellings",
        why="The API sends `createdAt`, the Python SDK prints `created_at`, and most readers know "
        "one of the two. An object that has some fields in each was put together by hand, and "
        "whoever reads it misses some of them.",
        bad=_GOOD.replace("dependsOn", "depends_on"),
        good=_GOOD,
        fixable=True,
    ),
)
