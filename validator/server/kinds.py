"""The kinds of code actions and the commands, which a server announces at its start."""

from __future__ import annotations

QUICK_FIX = "quickfix"

FIX_ALL = "source.fixAll.automation-validator"
"""With a suffix of its own, so that an editor can request fixes on save from only one linter."""

EXTRACT = "refactor.extract"

REWRITE = "refactor.rewrite"

KINDS = (QUICK_FIX, EXTRACT, REWRITE, FIX_ALL)

PLAN = "automation-validator.server.plan"
GRAPH = "automation-validator.server.graph"
"""Names of their own: some editors make commands of them, next to those of an extension."""

COMMANDS = (PLAN, GRAPH)
