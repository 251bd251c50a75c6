"""Check a document by the rules that its configuration declares."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from validator.finding import Problem, Span
from validator.own_rules.effort import Effort, TooMuchWork
from validator.own_rules.own_rule import OwnRule
from validator.own_rules.schema import Value, children, rejected
from validator.parsing.nodes import Node, pointer


def problems(root: Node, kind: str, rules: Iterable[OwnRule]) -> Iterator[Problem]:
    """The problems of a document of a kind by some rules.

    If they take too long, that is a problem too, and the document is not checked by the others.
    """
    effort = Effort()
    for rule in rules:
        if rule.kind != kind:
            continue
        try:
            for value in _selected(root, rule, effort):
                for span, path in rejected(rule.schema, value, effort):
                    yield Problem(
                        rule.name,
                        rule.message,
                        span,
                        pointer(path),
                        severity=rule.severity,
                        own=True,
                    )
        except TooMuchWork:
            message = f"checking the rule `{rule.name}` of the configuration takes too long here"
            yield Problem("too-large", message, Span(root.start, root.start))
            return


def _selected(root: Node, rule: OwnRule, effort: Effort) -> Iterator[Value]:
    """The values that a rule is about, each once."""
    seen: set[tuple[str | int, ...]] = set()
    for path in rule.on or ("",):
        found = [Value((), root, None)]
        for part in path.split(".") if path else ():
            inner = [each for value in found for each in children(value)]
            effort.spend(len(inner))
            found = [value for name, value in inner if part in ("*", name)]
        for value in found:
            if value.path not in seen:
                seen.add(value.path)
                yield value
