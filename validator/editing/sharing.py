"""Keep only fixes that are right for every use of the text that they change.

With anchors, aliases and merge keys one piece of text is part of several values. A fix of one of
them that edits this text changes the others too, so it is kept only if all of them need it.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable

from validator.editing.edits import line_start
from validator.finding import Edit, Problem, Span
from validator.parsing.nodes import Mapping, Node, Sequence

_ANCHOR = re.compile(r"&[^\s,\[\]{}]+")


def right_for_all(problems: Iterable[Problem], root: Node, text: str) -> list[Problem]:
    """Problems with only those fixes that are right for each use of the text that they edit.

    A fix is right if a rule reports it for as many values as use the text.
    """
    problems = list(problems)
    uses = _Uses(root, text)
    if not uses.shared:
        return problems
    stated: Counter[tuple[str, tuple[Edit, ...]]] = Counter()
    for problem in problems:
        for edits in {fix.edits for fix in problem.fixes}:
            stated[problem.rule, edits] += problem.times
    return [
        problem._replace(
            fixes=tuple(
                fix
                for fix in problem.fixes
                if uses.most(fix.edits) <= stated[problem.rule, fix.edits]
                and _keeps_anchors(fix.edits, text)
            )
        )
        if problem.fixes
        else problem
        for problem in problems
    ]


def _keeps_anchors(edits: tuple[Edit, ...], text: str) -> bool:
    """Whether no anchor is removed, which an alias may need."""
    gone = [each for edit in edits for each in _ANCHOR.findall(text, *edit.span)]
    return all(any(each in _ANCHOR.findall(edit.text) for edit in edits) for each in gone)


class _Uses:
    """The number of values that each part of a text belongs to.

    `shared` says whether any part belongs to more than one.
    """

    def __init__(self, root: Node, text: str) -> None:
        self._text = text
        nodes = [
            (node.start, max(node.end, node.start + 1), count)
            for node, count in _count(root)
            if count > 1
        ]
        self.shared = bool(nodes)
        # From each of these offsets to the next, the number is the same entry of `_most`.
        self._starts = sorted({0, *(at for start, end, _ in nodes for at in (start, end))})
        self._most: list[int] = []
        nodes.sort(key=lambda each: (-each[0], each[1]))
        # Values are nested or separate: the innermost is on top.
        around = [(len(text) + 1, 1)]
        for at in self._starts:
            while len(around) > 1 and around[-1][0] <= at:
                around.pop()
            while nodes and nodes[-1][0] == at:
                _, end, count = nodes.pop()
                around.append((end, max(count, around[-1][1])))
            self._most.append(around[-1][1])

    def most(self, edits: tuple[Edit, ...]) -> int:
        """The largest number of values that any text changed by the edits belongs to."""
        return max(self._most_in(self._touched(edit.span)) for edit in edits)

    def _most_in(self, span: Span) -> int:
        first = bisect_right(self._starts, span.start) - 1
        return max(self._most[max(first, 0) : bisect_left(self._starts, span.end)], default=1)

    def _touched(self, span: Span) -> Span:
        """The text that an edit may affect: for an insertion, what is next to it.

        At the start of a line it includes the text above, which may continue there.
        """
        at, end = span
        if at and self._text[at - 1] in "\r\n":
            while at and self._text[at - 1].isspace():
                at -= 1
            at = line_start(at, self._text)
        elif at == end:
            at -= 1
        return Span(at, end if span.start < end else end + 1)


def _count(root: Node) -> list[tuple[Node, int]]:
    """Each node, including keys, with the number of values that it is part of.

    This is the number of paths from the root to it; for a mapping included by merge keys, paths to
    the including mappings count too.
    """
    order: list[Node] = []
    done: set[int] = set()
    # Without recursion: a node comes after everything that it contains.
    stack: list[tuple[Node, bool]] = [(root, False)]
    while stack:
        node, entered = stack.pop()
        if entered:
            order.append(node)
        elif id(node) not in done:
            done.add(id(node))
            stack.append((node, True))
            inner = [*_inner(node), *_merged(node)]
            stack += [(each, False) for each in inner if id(each) not in done]
    paths: Counter[int] = Counter({id(root): 1})
    takers: Counter[int] = Counter()
    for node in reversed(order):
        for each in _inner(node):
            paths[id(each)] += paths[id(node)]
        for taken in _merged(node):
            takers[id(taken)] += paths[id(node)] + takers[id(node)]
    return [(node, paths[id(node)] + takers[id(node)]) for node in order]


def _inner(node: Node) -> list[Node]:
    """The keys and values of a mapping, or the entries of a list."""
    if isinstance(node, Mapping):
        return [each for member in node.members.values() for each in member]
    return list(node.items) if isinstance(node, Sequence) else []


def _merged(node: Node) -> tuple[Mapping, ...]:
    return node.merged if isinstance(node, Mapping) else ()
