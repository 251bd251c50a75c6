"""The kinds of code actions, which a server announces at its start."""

from __future__ import annotations

from lsprotocol import types

QUICK_FIX = types.CodeActionKind.QuickFix.value

FIX_ALL = f"{types.CodeActionKind.SourceFixAll.value}.automation-validator"
"""With a suffix of its own, so that an editor can request fixes on save from only one linter."""

EXTRACT = types.CodeActionKind.RefactorExtract.value

REWRITE = types.CodeActionKind.RefactorRewrite.value

KINDS = (QUICK_FIX, EXTRACT, REWRITE, FIX_ALL)
