"""Documents of the API without findings, and with one mistake in them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from tests.api_documents import DOCUMENTS, MISTAKES, mistaken, respelled, unknown_step
from tests.schemas import accepts
from validator import check_object, check_text
from validator.api.rules import all_checks

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from hypothesis.strategies import DrawFn

FEW = settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow],
)


def found(document: Any, kind: str) -> list[tuple[str, str]]:
    """The findings in a document, the same as an object and as text: rule and pointer."""
    as_object = check_object(document, kind=kind).findings
    as_text = check_text(json.dumps(document), kind=kind).findings
    assert [each.message for each in as_object] == [each.message for each in as_text]
    return [(each.rule, each.pointer) for each in as_object]


@pytest.mark.parametrize("kind", DOCUMENTS)
def test_nothing_is_found_where_nothing_is_wrong(kind: str) -> None:
    @FEW
    @given(DOCUMENTS[kind], st.booleans())
    def check(document: Any, sdk: bool) -> None:
        assert found(respelled(document, sdk=sdk), kind) == []

    check()


@pytest.mark.parametrize(
    ("kind", "rule", "mistake"), MISTAKES, ids=[each[2].__name__ for each in MISTAKES]
)
def test_one_mistake_is_one_finding(
    kind: str, rule: str, mistake: Callable[[Any, Any], str]
) -> None:
    @FEW
    @given(mistaken(kind, mistake))
    def check(made: tuple[Any, str]) -> None:
        document, pointer = made
        assert found(document, kind) == [(rule, pointer)]

    check()


# Those on services and on AI automations, which have fixtures.
NOT_PLANTED = {
    "action-count",
    "blank-value",
    "cron-never-fires",
    "duplicate-output",
    "exactly-one-field",
    "failed-yet-stopped",
    "from-trigger-without-pull-request",
    "incomplete-pull-request",
    "invalid-cron",
    "limit-above-total",
    "noncanonical-spelling",
    "overlapping-triggers",
    "placeholder-id",
    "secret-in-file",
}


def test_every_rule_is_planted() -> None:
    assert {rule for _, rule, _ in MISTAKES} == all_checks().keys() - NOT_PLANTED


@st.composite
def refused(draw: DrawFn, kind: str) -> Any:
    """A valid document, after the name or the value of a field has changed."""
    document = draw(DOCUMENTS[kind])
    holder, key = draw(st.sampled_from(list(fields(document))))
    if draw(st.booleans()):
        holder[f"{key}x"] = holder.pop(key)
    else:
        holder[key] = draw(st.sampled_from([5, "nonsense", {}, [], None]))
    assume(not accepts(kind, document))
    return document


def fields(value: Any) -> Iterator[tuple[dict[str, Any], str]]:
    if isinstance(value, dict):
        for key in value:
            yield value, key
    for each in value.values() if isinstance(value, dict) else value:
        if isinstance(each, (dict, list)):
            yield from fields(each)


@pytest.mark.parametrize("kind", DOCUMENTS)
def test_what_the_schema_refuses_brings_nothing_else_about(kind: str) -> None:
    @FEW
    @given(refused(kind))
    def check(document: Any) -> None:
        rules = {rule for rule, _ in found(document, kind)}
        assert rules
        assert rules.isdisjoint(all_checks())

    check()


@pytest.mark.parametrize(
    "where", [("spec",), ("spec", "plan", 0), ("status",), ("status", "steps", 0)]
)
def test_what_the_schema_refuses_hides_nothing_beside_it(where: tuple[str | int, ...]) -> None:
    @FEW
    @given(mistaken("task-execution", unknown_step))
    def check(made: tuple[Any, str]) -> None:
        document, pointer = made
        assume(document["status"]["steps"])
        holder = document
        for step in where:
            holder = holder[step]
        holder["comment"] = "?"
        assert ("unknown-step", pointer) in found(document, "task-execution")

    check()
