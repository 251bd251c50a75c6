"""The promise of docs/explanation/robustness.md, checked with some of the inputs of a long run."""

import json
from collections.abc import Callable

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.hostile import promise
from tests.hostile.differential import judge
from tests.hostile.mutation import mutated
from tests.hostile.promise import Broken, keep
from tests.strategies import NEARLY_VALID, VALID
from validator import Finding, Place, Position, Report, check_text

WILD = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda values: (
        st.lists(values, max_size=3) | st.dictionaries(st.text(max_size=8), values, max_size=3)
    ),
    max_leaves=8,
)
DOCUMENTS = st.one_of(*VALID.values(), *NEARLY_VALID.values(), WILD)


@pytest.mark.parametrize("number", range(0, 100_000, 500))
def test_mutated_texts(number: int) -> None:
    keep(mutated(number, seed=number))


@settings(max_examples=150, deadline=None)
@given(DOCUMENTS, st.booleans())
def test_documents(document: object, as_json: bool) -> None:
    keep(json.dumps(document) if as_json else yaml.safe_dump(document, allow_unicode=True))


@settings(max_examples=150, deadline=None)
@given(
    st.binary(max_size=200)
    | st.text(max_size=200).map(lambda text: text.encode("utf-8", "surrogatepass"))
)
def test_any_bytes(data: bytes) -> None:
    keep(data)


@pytest.mark.parametrize("number", range(0, 100_000, 250))
def test_the_platform_judges_alike(number: int) -> None:
    verdict = judge(mutated(number, seed=number))
    assert not verdict.startswith("DIFFERENT"), verdict


def test_a_difference_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Otherwise the test above could not fail."""
    text = b"tasks: {a: {name: A, command: a}}"
    assert judge(text) == "accepted"
    assert judge(b"tasks: {a: {name: A}}") == "refused"
    assert judge(b"tasks: {") == "unreadable"
    monkeypatch.setattr("tests.oracle.accepts", lambda *_: False)
    assert judge(text) == "DIFFERENT: only we accept it as automations-file"


def test_an_input_has_a_number() -> None:
    assert mutated(7, 1) == mutated(7, 1)
    assert len({mutated(number, 1) for number in range(100)}) > 90


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda finding: finding._replace(rule="internal-error"), "is not a field"),
        (lambda finding: finding._replace(place=_place(0, 10_000)), "outside the text"),
        (lambda finding: finding._replace(place=_place(8, 9)), "line and column"),
        (lambda finding: finding._replace(message="`x` is wrong"), "underlines 'comand'"),
        (lambda finding: finding._replace(pointer=7), "JSON output"),
    ],
)
def test_a_broken_promise_is_noticed(
    change: Callable[[Finding], Finding], words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Otherwise none of the tests above could fail."""
    report = check_text("tasks:\n  a: {name: A, comand: a}\n", path="input.yaml")
    broken = Report("input.yaml", report.kind, report.text, tuple(map(change, report.findings[:1])))
    monkeypatch.setattr(promise, "check_text", lambda *_, **__: broken)
    with pytest.raises(Broken, match=words):
        keep(b"")


def _place(start: int, end: int) -> Place:
    """A place with correct offsets, but with a wrong line and column."""
    return Place(Position(1, 1, start), Position(1, 1, end))
