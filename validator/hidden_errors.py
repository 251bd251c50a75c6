"""Errors that show only once others are mended, so that an author sees all in one round.

The value of a misspelt field, the entries of a list that is not written as one, and what depends
on them are looked at only after the fix. So the fixes of errors are made in a copy of the text,
which is checked as well, and what is new there is reported at its place in the text as it is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import islice

from validator.editing.composition import apply, compose, together
from validator.editing.edit_origins import Places
from validator.finding import Edit, Problem, Severity, Span
from validator.parsing.nodes import Mapping, Node, pointer, unescaped
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
        places = Places(text, here, made)
        for problem in errors:
            original = _before(problem, places, root)
            if _identity(original) not in visible:
                # Several may be behind one mistake, at its one place.
                key = (original.rule, original.span.start, original.subject, original.message)
                hidden.setdefault(key, original._replace(hidden=depth))
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


def _before(problem: Problem, places: Places, root: Node) -> Problem:
    """A problem of the text after edits, as one of the text before them."""
    span = places.before(problem.span)
    path = _find(root, problem.pointer, span.start, places.new_names)
    notes = tuple(note._replace(span=places.before(note.span)) for note in problem.notes)
    at = pointer(path)
    meant = problem.pointer if problem.pointer != at else ""
    return problem._replace(span=span, pointer=at, notes=notes, fixes=(), meant=meant)


def _find(root: Node, wanted: str, at: int, renamed: dict[int, str]) -> tuple[str | int, ...]:
    """The path that a pointer leads to, if need be by what stands at an offset.

    `renamed` are the new names of keys by where these stand. An entry that comes later in its list,
    or under a reference of its own, is found by its place.
    """
    path: list[str | int] = []
    node = root
    for step in wanted.split("/")[1:]:
        inner = _step(node, unescaped(step), at, renamed)
        if inner is None:
            # It was moved there.
            return tuple(_path_around(root, at))
        path.append(inner[0])
        node = inner[1]
    while node.start != at:
        exact = next((each for each in _children(node) if each[2].start == at), None)
        if exact is None:
            break
        path.append(exact[0])
        node = exact[2]
    return tuple(path)


def _path_around(node: Node, at: int) -> Iterator[str | int]:
    """The path to the innermost value that has an offset in it, or in its key."""
    inside = (each for each in _children(node) if _holds(each[1], each[2], at))
    for step, _, value in islice(inside, 1):
        yield step
        yield from _path_around(value, at)


def _step(node: Node, step: str, at: int, renamed: dict[int, str]) -> tuple[str | int, Node] | None:
    """The part of a value that has a name or a number after the edits."""
    children = _children(node)
    there = [each for each in children if _holds(each[1], each[2], at)]
    if isinstance(node, Mapping):
        named = [each for each in children if each[0] == step]
        named += [each for each in children if renamed.get(each[1].start) == step]
        found = next(iter(named or there), None)
    else:
        found = next(iter(there or [each for each in children if str(each[0]) == step]), None)
    return None if found is None else (found[0], found[2])


def _children(node: Node) -> list[tuple[str | int, Node, Node]]:
    """The values in a value, each with its step and with what it begins with."""
    if isinstance(node, Mapping):
        return [(name, key, value) for name, (key, value) in node.members.items()]
    if isinstance(node, List):
        return [(index, item, item) for index, item in enumerate(node.items)]
    return []


def _holds(first: Node, last: Node, at: int) -> bool:
    return first.start <= at < max(last.end, first.end)
