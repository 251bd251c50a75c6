"""Documents of the API in which nothing is wrong, and with one mistake in them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.api_documents import DOCUMENTS, MISTAKES, mistaken, respelled
from validator import check_object, check_text
from validator.api.rules import all_checks

if TYPE_CHECKING:
    from collections.abc import Callable

FEW = settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow],
)


def found(document: Any, kind: str) -> list[tuple[str, str]]:
    """The findings in a document, as an object and as text alike: rule and pointer."""
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


def test_every_rule_is_planted() -> None:
    # `failed-yet-stopped` is about services, and has fixtures.
    assert {rule for _, rule, _ in MISTAKES} == all_checks().keys() - {"failed-yet-stopped"}
