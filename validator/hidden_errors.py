"""Errors that show only once others are mended, so that an author sees all in one round.

The value of a misspelt field, the entries of a list that is not written as one, and what depends
on them are looked at only after the fix. So the fixes of errors are made in a copy of the text,
which is checked as well, and what is new there is reported at its place in the text as it is.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence

from validator.editing.composition import apply, compose, together
from validator.finding import Edit, Problem, Severity, Span
from validator.parsing.nodes import Mapping, Node, pointer
from validator.parsing.nodes import Sequence as List
from validator.rules import BLOCKING, INDEX

# A file of this size is checked in a fraction of a second, and no author reads so many errors.
_LONGEST = 100_000
_MOST_ERRORS = 1_000
# The fix of an error that was hidden may bring others to light.
_MOST_ROUNDS = 4


def behind(
    text: str, root: Node, problems: Sequence[Problem], check: Callable[[str], Sequence[Problem]]
) -> list[Problem]:
    """The errors of a text that show only once the fixes of others are made.

    `root` is the text's node tree, and `problems` are what a check of it finds; `check` finds those
    of a text as it is after fixes. The new problems have no fixes of their own yet. There are none
    for texts that are long or have very many errors.
    """
    errors = [problem for problem in problems if _is_error(problem)]
    if len(text) > _LONGEST or len(errors) > _MOST_ERRORS:
        return []
    if any(problem.rule == "other-format" for problem in errors):
        # That is one finding in the place of many.
        return []
    visible = {_identity(problem) for problem in errors}
    hidden: dict[tuple[object, ...], Problem] = {}
    made: tuple[Edit, ...] = ()
    here = text
    for depth in range(1, _MOST_ROUNDS + 1):
        edits = _edits_of(errors)
        if not edits:
            break
        made = compose(len(text), made, edits)
        here = apply(here, edits)
        found = check(here)
        if any(problem.rule in BLOCKING for problem in found):
            # A fix that spoils the text tells nothing.
            break
        errors = [problem for problem in found if _is_error(problem)]
        places = _Places(made)
        for problem in errors:
            original = _moved(problem, places, root)._replace(hidden=depth)
            if _identity(original) not in visible:
                # Several may be behind one mistake, at its one place.
                hidden.setdefault((*_identity(original), original.message), original)
    return list(hidden.values())


def _is_error(problem: Problem) -> bool:
    return problem.rule not in BLOCKING and INDEX[problem.rule].severity == Severity.ERROR


def _identity(problem: Problem) -> tuple[str, Span, str]:
    """What a problem is known by: its message may name fields that are renamed meanwhile."""
    return problem.rule, problem.span, problem.subject


def _edits_of(errors: Sequence[Problem]) -> list[Edit]:
    """The edits of the errors that have just one fix, as far as they can be made together."""
    fixes = [problem.fixes[0].edits for problem in errors if len(problem.fixes) == 1]
    return [edit for number in together(fixes) for edit in fixes[number]]


def _moved(problem: Problem, places: _Places, root: Node) -> Problem:
    """A problem of the text after edits, as one of the text before them."""
    span = places.before(problem.span)
    notes = tuple(note._replace(span=places.before(note.span)) for note in problem.notes)
    at = pointer(tuple(_path_to(root, span.start)))
    return problem._replace(span=span, pointer=at, notes=notes, fixes=())


class _Places:
    """Where what stands in a text after edits is in the text before them."""

    def __init__(self, edits: Sequence[Edit]) -> None:
        self._edits = sorted(edits)
        self._starts: list[int] = []
        shift = 0
        for edit in self._edits:
            self._starts.append(edit.span.start + shift)
            shift += len(edit.text) - (edit.span.end - edit.span.start)

    def before(self, span: Span) -> Span:
        """The span in the text before; of what is new, that of what it takes the place of."""
        start = self._offset(span.start, at_end=False)
        return Span(start, max(self._offset(span.end, at_end=True), start))

    def _offset(self, at: int, *, at_end: bool) -> int:
        number = bisect_right(self._starts, at) - 1
        if at_end and number >= 0 and self._starts[number] == at and self._edits[number].text:
            number -= 1
        if number < 0:
            return at
        edit = self._edits[number]
        inside = at - self._starts[number]
        if inside >= len(edit.text):
            return edit.span.end + inside - len(edit.text)
        return edit.span.end if at_end else edit.span.start


def _path_to(node: Node, at: int) -> Iterator[str | int]:
    """The path to the innermost value that an offset is in, or in whose key it is."""
    inner: Node | None = node
    while inner is not None:
        children: list[tuple[str | int, int, Node]] = []
        if isinstance(inner, Mapping):
            children = [(name, key.start, value) for name, (key, value) in inner.members.items()]
        elif isinstance(inner, List):
            children = [(index, item.start, item) for index, item in enumerate(inner.items)]
        inner = None
        for step, start, value in children:
            if start <= at < max(value.end, start + 1) or (start <= at == value.end):
                yield step
                inner = value
                break
