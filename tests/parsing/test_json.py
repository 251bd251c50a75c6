"""JSON is read as JSON, with exact places; anything else is left to YAML."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.checkout import ROOT
from validator import Limits, check_text
from validator.finding import Span
from validator.fixer import fix_text
from validator.parsing.json import read_json
from validator.parsing.nodes import Mapping, Node, Scalar, Sequence, number
from validator.parsing.reader import read

FIXTURES = ROOT / "fixtures" / "rules"
TASK = '{"id": "3f1c2a9e-5b7d-4c1a-9e0f-2d6b8a4c7e11", "spec": {"command": %s}}'

VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=10,
)
COLLECTIONS = st.lists(VALUES, max_size=3) | st.dictionaries(st.text(), VALUES, max_size=3)


def rules(text: str) -> list[str]:
    return [finding.rule for finding in check_text(text).findings]


def same(node: Node, value: Any, text: str) -> bool:
    """Whether a node has a value, and the place of it."""
    if json.loads(text[node.start : node.end]) != value:
        return False
    if isinstance(node, Mapping):
        keys = [json.loads(text[key.start : key.end]) for key, _ in node.members.values()]
        return (
            isinstance(value, dict)
            and node.flow
            and keys == list(node.members) == list(value)
            and all(same(each, value[name], text) for name, (_, each) in node.members.items())
        )
    if isinstance(node, Sequence):
        pairs = zip(node.items, value, strict=True)
        return isinstance(value, list) and all(same(item, each, text) for item, each in pairs)
    assert isinstance(node, Scalar)
    if isinstance(value, bool) or value is None:
        return node.text == json.dumps(value)
    if isinstance(value, str):
        return (node.kind, node.text, node.plain) == ("string", value, False)
    kind = "integer" if isinstance(value, int) else "number"
    return node.kind == kind and number(node) == value


@settings(max_examples=300, deadline=None)
@given(COLLECTIONS, st.sampled_from([None, 0, 2, "\t"]), st.booleans())
def test_every_value_is_read_at_its_place(
    value: object, indent: int | str | None, ascii_only: bool
) -> None:
    text = json.dumps(value, indent=indent, ensure_ascii=ascii_only)
    found = read_json(f"\n {text} ", Limits())
    assert found is not None
    assert found.problems == ()
    assert found.root is not None
    assert same(found.root, value, f"\n {text} ")


@pytest.mark.parametrize(
    "text",
    [
        *("{a: 1}", "{'a': 1}", '{"a": x}', '{"a": 1,}', "[1,]", "[1 2]", '{"a" 1}', '{"a": }'),
        *('{"a": 1} x', '{"a": 1}\n---\n', '{"a": 01}', '{"a": +1}', '{"a": .5}', '{"a": 1.}'),
        *('{"a": True}', '{"a": "\t"}', '{"a": "\\x41"}', '{"a": 1', '["a"', '{"a": 1]', "[1}"),
        *('# x\n{"a": 1}', '{"a": 1 # x\n}', "{1: 2}", "{null: 1}", '{"a": "b', '["\\u12"]'),
        *("{{ x }}", "[", "{", '{"a": "\ud800"}', "{,}", "[,]", "[:]", "{:}", ""),
    ],
)
def test_what_is_no_json_is_left_to_yaml(text: str) -> None:
    assert read_json(text, Limits()) is None


def test_emoji_as_json_writes_it() -> None:
    text = json.dumps({"tasks": {"a": {"name": "\U0001f600 x", "comand": "a"}}})
    assert "\\ud83d\\ude00" in text
    findings = check_text(text).findings
    unknown = next(each for each in findings if each.rule == "unknown-field")
    assert unknown.place is not None
    assert text[unknown.place.start.offset : unknown.place.end.offset] == '"comand"'
    assert check_text(TASK % '"\\ud83d\\ude00"').findings == ()


@pytest.mark.parametrize(
    "escape", ["\\ud83d", "\\uDE00", "\\ud83dx", "\\ud83d\\n", "\\ud83d\\ud83d"]
)
def test_an_unpaired_surrogate(escape: str) -> None:
    report = check_text(TASK % f'"\\\\ud83d {escape}"')
    assert {each.rule for each in report.findings} == {"encoding"}
    first = report.findings[0]
    assert first.message.endswith("is an unpaired surrogate; write the whole pair or remove it")
    assert first.place is not None
    assert report.text.value[first.place.start.offset :].startswith(escape[:6])


@pytest.mark.parametrize("word", ["NaN", "Infinity", "-Infinity"])
def test_numbers_that_json_does_not_have(word: str) -> None:
    (finding,) = check_text(TASK % word).findings
    assert finding.rule == "json-syntax"
    assert finding.message == f"`{word}` is not valid JSON; write a number, or `null`"
    assert finding.place is not None
    assert (finding.place.start.offset, finding.place.end.offset) == (
        (TASK % word).index(word),
        (TASK % word).index(word) + len(word),
    )


def test_a_repeated_key() -> None:
    text = '{"statuses": [{"phase": null, "phase": null, "ph\\u0061se": null}]}'
    findings = check_text(text).findings
    assert [each.rule for each in findings] == ["duplicate-key", "duplicate-key"]
    for finding in findings:
        assert finding.pointer == "/statuses/0/phase"
        assert [each.message for each in finding.related] == ["it is first given here"]


def test_a_repeated_key_says_the_same_as_in_yaml() -> None:
    text = '{"tasks": {}, "tasks": {"a": null, "a": null}}'
    assert check_text(text).findings == check_text(f"{text} # YAML").findings


def test_what_yaml_would_read_otherwise() -> None:
    history = '{"statuses": [{"statusVersion": %s}]}'
    assert rules(history % "1e3") == []
    assert rules(history % "1E400") == ["wrong-type"]
    assert rules('{"statuses": [{"phase"\n:\tnull}]}') == []
    long = json.dumps({"k" * 900: "x"})
    assert rules(f'{{"statuses": [{{"steps": [{{"output": {long}}}]}}]}}') == [
        "missing-field",
        "invalid-length",
    ]
    assert rules(TASK % '"\x7f\ufffe"') == []


def test_limits() -> None:
    deep = "[" * 65 + "]" * 65
    (finding,) = read(deep, Limits()).problems
    assert (finding.rule, finding.span) == ("too-deep", Span(64, 65))
    (finding,) = read('{"a": [1, 2]}', Limits(max_nodes=4)).problems
    assert (finding.rule, finding.span) == ("too-large", Span(10, 11))
    assert read('{"a": [1, 2]}', Limits(max_nodes=5)).problems == ()
    assert read("[" * 100_000, Limits()).problems[0].rule == "too-deep"


@pytest.mark.parametrize(
    "path",
    # Those on the expansion of aliases have no aliases in JSON, but everything that they expand to.
    sorted(path for path in FIXTURES.glob("*/bad-*.yaml") if path.parent.name != "alias-expansion"),
    ids=lambda path: f"{path.parent.name}/{path.stem}",
)
def test_fixes_of_json_are_json(path: Path) -> None:
    try:
        value = yaml.safe_load(path.read_bytes())
        text = json.dumps(value, indent=2)
    except (yaml.YAMLError, UnicodeDecodeError, ValueError, TypeError):
        pytest.skip("JSON can't hold it")
    if read_json(text, Limits()) is None or "Infinity" in text:
        pytest.skip("no mapping or list")
    report = check_text(text)
    if "\\u" not in text:
        assert report.findings == check_text(f"{text} # YAML").findings
    for unsafe in (False, True):
        fixed = fix_text(text, unsafe=unsafe)
        assert read_json(fixed.text, Limits()) is not None
    fixes = {fix.title for each in report.findings for fix in each.fixes}
    assert bool(fixes) == (fixed.text != text)
