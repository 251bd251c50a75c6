"""shellcheck's comments on the scripts of a document, as problems at their places in its text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING, NamedTuple, Protocol

from validator.contract.scripts import scripts
from validator.finding import Edit, Fix, Problem, Severity
from validator.parsing.nodes import Node, Scalar
from validator.shell.dialect import Dialect, dialect
from validator.shell.program import program
from validator.shell.source_map import SourceMap

if TYPE_CHECKING:
    # Slow to import, and needed only where there are scripts to check.
    from validator.shell.checker import Checker
    from validator.shell.shellcheck import Comment, Script

_SEVERITIES = {
    "error": Severity.WARNING,
    "warning": Severity.WARNING,
    "info": Severity.HINT,
    "style": Severity.HINT,
}

_BACKQUOTES = 2006

# What begins or ends something in a plain scalar of YAML.
_SPECIAL = frozenset(":#,[]{}&*!|>%@`\n\r\t")


class ScriptChecker(Protocol):
    """What says what shellcheck says of scripts, such as `validator.shell.checker.Checker`."""

    def check(self, scripts: Sequence[Script]) -> list[tuple[Comment, ...] | None]:
        """The comments on each script, in their order; None for a script that is too long.

        Raises ShellcheckError if they could not be checked.
        """


class Place(NamedTuple):
    """A script in a document: its JSON pointer, its node, and the shell that reads it."""

    pointer: str
    node: Scalar
    shell: Dialect


def shared_checker() -> Checker | None:
    """What checks the scripts of this process; None if shellcheck is not installed."""
    path = program()
    return None if path is None else _checker(path)


@cache
def _checker(path: str) -> Checker:
    from validator.shell.checker import Checker

    return Checker(path)


def shell_scripts(root: Node, kind: str, shell: Dialect) -> list[Place]:
    """The scripts of a document that a shell reads, which is `shell` unless they say another."""
    found = ((pointer, node, dialect(node.text, shell)) for pointer, node in scripts(root, kind))
    return [Place(pointer, node, spoken) for pointer, node, spoken in found if spoken is not None]


def problems(
    text: str, found: Sequence[Place], checker: ScriptChecker | None, *, required: bool
) -> Iterator[Problem]:
    """What shellcheck says of the scripts of a text, and which it could not check.

    `checker` is None if shellcheck is not installed: nothing is said then, unless it is `required`.
    """
    severity = Severity.ERROR if required else None
    if not found:
        return
    if checker is None:
        if required:
            reason = "shellcheck is not installed"
            yield _unchecked(text, found[0], f"the scripts are not checked: {reason}", severity)
        return
    from validator.shell.shellcheck import MAX_CHARACTERS, Script, ShellcheckError

    try:
        comments = checker.check([Script(node.text, shell) for _, node, shell in found])
    except ShellcheckError as error:
        yield _unchecked(text, found[0], f"the scripts are not checked: {error}", severity)
        return
    for place, said in zip(found, comments, strict=True):
        if said is None:
            reason = f"it has more than {MAX_CHARACTERS:,} characters"
            yield _unchecked(text, place, f"this script is not checked: {reason}", None)
        elif said:
            yield from _problems(text, place, said)


def _unchecked(text: str, place: Place, message: str, severity: Severity | None) -> Problem:
    first_line = len(place.node.text.partition("\n")[0])
    span = SourceMap(text, place.node).span(0, first_line)
    return Problem("unchecked-script", message, span, place.pointer, severity=severity)


def _problems(text: str, place: Place, comments: Sequence[Comment]) -> Iterator[Problem]:
    """The problems of one script."""
    from validator.shell.syntax_mistake import others, syntax_mistake

    node = place.node
    places = SourceMap(text, node)
    mistake = syntax_mistake(node.text, comments)
    if mistake is not None:
        code = f"SC{mistake.code}"
        yield Problem(
            "script-syntax",
            f"{mistake.message} ({code})",
            places.span(*mistake.span),
            place.pointer,
            code=code,
            severity=None if mistake.certain else Severity.WARNING,
        )
    for comment in others(comments):
        code = f"SC{comment.code}"
        # shellcheck replaces wrong characters where backquotes are nested, which needs escapes.
        wrong = comment.code == _BACKQUOTES and "\\" in node.text
        edits = () if wrong else _edits(text, node, places, comment.fix)
        fix = Fix(f"Make shellcheck's fix of {code}", edits, safe=False)
        yield Problem(
            "shellcheck",
            f"{comment.message.rstrip(' .')} ({code})",
            places.span(*comment.span),
            place.pointer,
            fixes=(fix,) if edits else (),
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
        start, end = edit.span
        span = places.insertion(start) if start == end else places.span(start, end)
        made.append(Edit(span, written))
    return tuple(made)


def _written(text: str, node: Scalar, edit: Edit) -> str | None:
    """The text of an edit as a scalar of this style has it; None if it may be read as another."""
    style = "" if node.plain else text[node.start]
    removed = node.text[edit.span.start : edit.span.end]
    if "\n" in edit.text or "\n" in removed:
        # The lines of a scalar have an indentation.
        return None
    if style == "'":
        return edit.text.replace("'", "''")
    if style == '"':
        return edit.text.replace("\\", "\\\\").replace('"', '\\"')
    if style == "" and (_SPECIAL.intersection(edit.text + removed) or edit.span.start == 0):
        return None
    return edit.text
