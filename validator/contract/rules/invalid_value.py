"""Values that a field does not allow, or out of its range."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator

from validator.contract import trigger_words
from validator.contract.choices import choices
from validator.contract.location import Spot
from validator.contract.other_errors import OtherErrors
from validator.contract.other_formats import EVENTS
from validator.contract.replacements import replacements
from validator.contract.rules.examples import GOOD
from validator.contract.schema_errors import Error
from validator.finding import Problem, Severity
from validator.likeness import Likeness
from validator.parsing.nodes import Scalar, number, pointer
from validator.rule import SDK, Rule
from validator.wording import did_you_mean, listed, quoted, with_article


def explain(error: Error, spot: Spot, others: OtherErrors) -> Iterator[Problem]:
    assert isinstance(spot.node, Scalar)
    text = spot.node.text
    names = choices(error.value)
    at = pointer(spot.path)
    if not text.strip():
        message = f"{spot.name} is empty; remove it, or write {listed(names)}"
        yield Problem("empty-value", message, spot.node.span, at)
        return
    suffix = _suffix_of(text, names)
    near = Likeness((suffix,)) if suffix else others.nearest(error)
    if not near.names:
        near = Likeness(_by_last_words(text, names))
    advice = did_you_mean(near.names) if near.names else f"expected {listed(names)}"
    word = None if near.slip else trigger_words.of_text(text, names)
    if word is not None:
        near, advice = Likeness((word.name,) if word.name else ()), word.advice
    title = spot.schemas[-1].value["title"].lower()
    message = f"{quoted(text)} is not {with_article(title)}; {advice}"
    fixes = replacements(spot.node, near, spot.text)
    yield Problem("invalid-value", message, spot.node.span, at, fixes=fixes)


def _suffix_of(text: str, names: list[str]) -> str | None:
    """The name that ends with a text: `TASK_EXECUTION_PHASE_RUNNING` for `running`."""
    suffix = "_" + text.strip().upper().replace("-", "_").replace(" ", "_")
    return next((name for name in names if name.endswith(suffix)), None)


def _by_last_words(text: str, names: list[str]) -> tuple[str, ...]:
    """The name whose own words a text ends with: `PULL_REQUEST_EVENT_OPENED` for `pr.opened`."""
    # All names begin like the first and the last in the alphabet.
    first, last = min(names), max(names)
    shared = next((at for at, each in enumerate(first) if last[at : at + 1] != each), len(first))
    prefix = first[:shared].rpartition("_")[0] + "_"
    word = "_" + re.sub("[-. /]", "_", text.strip()).upper()
    meant = EVENTS.get(word.rpartition("_")[2].lower())
    own = {name: name.removeprefix(prefix) for name in names if prefix != "_"}
    found = [name for name in own if word.endswith(f"_{own[name]}") or own[name] == meant]
    return (max(found, key=len),) if found else ()


def out_of_range(error: Error, spot: Spot, _others: OtherErrors) -> Iterator[Problem]:
    assert isinstance(spot.node, Scalar)
    bound = "at least" if error.keyword == "minimum" else "at most"
    message = f"{spot.name} must be {bound} {error.value}"
    if math.isnan(number(spot.node)):
        message = f"{spot.name} must be a number, not {quoted(spot.node.text)}"
    yield Problem("invalid-value", message, spot.node.span, pointer(spot.path))


RULES = (
    Rule(
        name="invalid-value",
        severity=Severity.ERROR,
        group="structure",
        summary="A value is not one of those that the field accepts",
        why="Triggers, roles and phases are fixed names; the platform rejects any other.",
        source=SDK,
        bad=GOOD.replace("[postEnvironmentStart]", "[containerStart]"),
        good=GOOD,
        fixable=True,
    ),
)
