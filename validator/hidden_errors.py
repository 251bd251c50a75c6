"""Find errors that show only once others are fixed, so that an author sees all of them at once.

The value of a misspelt field, the entries of a list written as something else, and whatever depends
on them are checked only after the fix. So the fixes of errors are applied to a copy of the text,
the copy is checked, and new errors are reported at their place in the original text.
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

# A file of this size is checked in a fraction of a second, and no author reads more errors.
_LONGEST = 100_000
_MOST_ERRORS = 1_000
# Fixing an error that was hidden may reveal others.
_MOST_ROUNDS = 4


def behind(
    text: str, root: Node, problems: Sequence[Problem], check: Callable[[str], Sequence[Problem]]
) -> list[Problem]:
    """The errors of a text that show only once others are fixed.

    `root` is the node tree of the text and `problems` are those found in it; `check` finds the
    problems of an edited text. The new problems have no fixes yet. Returns none for texts that are
    long or have very many errors.
    """
    errors = [problem for problem in problems if _is_error(problem)]
    if len(text) > _LONGEST or len(errors) > _MOST_ERRORS:
        return []
    if any(problem.rule == "other-format" for problem in errors):
        # That one finding replaces many.
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
            # The result of a fix that breaks the text is no use.
            break
        errors = [problem for problem in found if _is_error(problem)]
        places = Places(text, here, made)
        for problem in errors:
            original = _before(problem, places, root)
            if _identity(original) not in visible:
                # One mistake may hide several errors, all reported at its place.
                key = (original.rule, original.span.start, original.subject, original.message)
                hidden.setdefault(key, original._replace(hidden=depth))
    return list(hidden.values())


def _is_error(problem: Problem) -> bool:
    return problem.rule not in BLOCKING and INDEX[problem.rule].severity == Severity.ERROR


def _identity(problem: Problem) -> tuple[str, Span, str]:
    """The identity of a problem: not its message, which may name fields renamed meanwhile."""
    return problem.rule, problem.span, problem.subject


def _edits_of(errors: Sequence[Problem]) -> list[Edit]:
    """The edits of errors with exactly one fix, as far as they can be applied together."""
    fixes = [problem.fixes[0].edits for problem in errors if len(problem.fixes) == 1]
    return [edit for number in together(fixes) for edit in fixes[number]]


def _before(problem: Problem, places: Places, root: Node) -> Problem:
    """Map a problem of the text after edits to the text before them."""
    span = places.before(problem.span)
    path = _find(root, problem.pointer, span.start, places.new_names)
    notes = tuple(note._replace(span=places.before(note.span)) for note in problem.notes)
    at = pointer(path)
    meant = problem.pointer if problem.pointer != at else ""
    return problem._replace(span=span, pointer=at, notes=notes, fixes=(), meant=meant)


def _find(root: Node, wanted: str, at: int, renamed: dict[int, str]) -> tuple[str | int, ...]:
    """The path in the original document for a pointer, if need be by the value at an offset.

    `renamed` maps the offsets of keys to their new names. An entry that moved within its list, or
    below a reference of its own, is found by its offset.
    """
    path: list[str | int] = []
    node = root
    for step in wanted.split("/")[1:]:
        inner = _step(node, unescaped(step), at, renamed)
        if inner is None:
            # The value was moved there.
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
    """The path to the innermost value that contains an offset, or whose key does."""
    inside = (each for each in _children(node) if _holds(each[1], each[2], at))
    for step, _, value in islice(inside, 1):
        yield step
        yield from _path_around(value, at)


def _step(node: Node, step: str, at: int, renamed: dict[int, str]) -> tuple[str | int, Node] | None:
    """The child of a value that has a name or an index after the edits."""
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
    """The children of a value, each with its step and the node it begins with."""
    if isinstance(node, Mapping):
        return [(name, key, value) for name, (key, value) in node.members.items()]
    if isinstance(node, List):
        return [(index, item, item) for index, item in enumerate(node.items)]
    return []


def _holds(first: Node, last: Node, at: int) -> bool:
    return first.start <= at < max(last.end, first.end)
