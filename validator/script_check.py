"""shellcheck's comments on the scripts of a document, as problems at their places in its text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import Protocol

from validator.contract.scripts import scripts
from validator.finding import Edit, Fix, Problem, Severity, Span
from validator.parsing.nodes import Node, Scalar
from validator.shell.dialect import Dialect, dialect
from validator.shell.shellcheck import (
    MAX_CHARACTERS,
    Comment,
    Script,
    ShellcheckError,
    program,
)
from validator.shell.source_map import SourceMap
from validator.shell.syntax_mistake import others, syntax_mistake

RULES = ("script-syntax", "shellcheck", "unchecked-script")
"""The rules that need shellcheck."""

_SEVERITIES = {
    "error": Severity.WARNING,
    "warning": Severity.WARNING,
    "info": Severity.HINT,
    "style": Severity.HINT,
}

# What begins or ends something in a plain scalar of YAML.
_SPECIAL = frozenset(":#,[]{}&*!|>%@`\n\r\t")


class ScriptChecker(Protocol):
    """What says what shellcheck says of scripts, such as `validator.shell.checker.Checker`."""

    def check(self, scripts: Sequence[Script]) -> list[tuple[Comment, ...] | None]:
        """The comments on each script, in their order; None for a script that is too long.

        Raises ShellcheckError if they could not be checked.
        """


@cache
def checker() -> ScriptChecker | None:
    """What checks the scripts of this process; None if shellcheck is not installed."""
    from validator.shell.checker import Checker

    path = program()
    return None if path is None else Checker(path)


def problems(
    text: str, root: Node, kind: str, shell: Dialect, checker: ScriptChecker
) -> list[Problem]:
    """What shellcheck says of the scripts of a document, and which it could not check."""
    found = [
        (pointer, node, Script(node.text, spoken))
        for pointer, node in scripts(root, kind)
        if (spoken := dialect(node.text, shell)) is not None
    ]
    if not found:
        return []
    try:
        comments = checker.check([script for *_, script in found])
    except ShellcheckError as error:
        pointer, node, _ = found[0]
        message = f"the scripts are not checked: {error}"
        return [Problem("unchecked-script", message, _first_line(text, node), pointer)]
    problems: list[Problem] = []
    for (pointer, node, _), said in zip(found, comments, strict=True):
        if said is None:
            message = f"this script is not checked: it has more than {MAX_CHARACTERS:,} characters"
            problems.append(Problem("unchecked-script", message, _first_line(text, node), pointer))
        else:
            problems += _problems(text, node, pointer, said)
    return problems


def _first_line(text: str, node: Scalar) -> Span:
    length = len(node.text.partition("\n")[0])
    return SourceMap(text, node).span(0, length)


def _problems(
    text: str, node: Scalar, pointer: str, comments: Sequence[Comment]
) -> Iterator[Problem]:
    """The problems of one script."""
    places = SourceMap(text, node)
    mistake = syntax_mistake(node.text, comments)
    if mistake is not None:
        yield Problem(
            "script-syntax",
            f"{mistake.message} (SC{mistake.code})",
            places.span(*mistake.span),
            pointer,
            code=f"SC{mistake.code}",
            severity=None if mistake.certain else Severity.WARNING,
        )
    for comment in others(comments):
        code = f"SC{comment.code}"
        edits = _edits(text, node, places, comment.fix)
        yield Problem(
            "shellcheck",
            f"{comment.message.rstrip('.')} ({code})",
            places.span(*comment.span),
            pointer,
            fixes=(Fix(f"Make shellcheck's fix of {code}", edits, safe=False),) if edits else (),
            code=code,
            severity=_SEVERITIES[comment.level],
        )


def _edits(text: str, node: Scalar, places: SourceMap, edits: Sequence[Edit]) -> tuple[Edit, ...]:
    """Edits of a script as edits of the document's text; none if one can't be written there."""
    made: list[Edit] = []
    for edit in edits if places.is_exact else ():
        written = _written(text, node, edit)
        if written is None:
            return ()
        made.append(Edit(places.span(*edit.span), written))
    return tuple(made)


def _written(text: str, node: Scalar, edit: Edit) -> str | None:
    """The text of an edit as a scalar of this style has it."""
    style = "" if node.plain else text[node.start]
    if "\n" in edit.text or "\n" in node.text[edit.span.start : edit.span.end]:
        # The lines of a scalar have an indentation.
        return None
    if style == "'":
        return edit.text.replace("'", "''")
    if style == '"':
        return edit.text.replace("\\", "\\\\").replace('"', '\\"')
    changed = edit.text + node.text[edit.span.start : edit.span.end]
    if style == "" and (_SPECIAL.intersection(changed) or edit.span.start == 0):
        return None
    return edit.text
