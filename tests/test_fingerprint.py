"""Findings are identified by what they are about, wherever that is in its file."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.reports import TEXT, report
from validator import Edit, Finding, Limits, Report, Span, check_file, check_text
from validator.editing.composition import apply
from validator.fingerprint import fingerprints
from validator.parsing.nodes import Mapping, Node, Sequence
from validator.parsing.reader import read
from validator.rules import BLOCKING

FIXTURES = Path(__file__).parents[1] / "fixtures" / "rules"


def test_lines_that_move_and_indentation_change_nothing() -> None:
    before = fingerprints(report())
    assert len(set(before)) == len(before) == 1
    assert fingerprints(report("# a comment\n\n" + TEXT)) == before
    assert fingerprints(report(TEXT.replace("\n", "\r\n").replace("    ", "      "))) == before
    assert fingerprints(report(path="elsewhere/b.yaml")) == before


def test_another_rule_place_or_content_is_another_finding() -> None:
    texts = [
        TEXT,
        TEXT.replace("comand", "commnd"),
        TEXT.replace("build:", "make:"),
        TEXT.replace("comand: make", "command: 1"),
    ]
    found = [fingerprints(report(text))[0] for text in texts]
    assert len(set(found)) == len(texts)


def test_another_missing_field_is_another_finding() -> None:
    one, other = report("tasks: {a: {name: A}}"), report("tasks: {a: {command: x}}")
    assert [each.rule for each in one.findings] == [each.rule for each in other.findings]
    assert one.findings[0].place == other.findings[0].place
    assert not set(fingerprints(one)) & set(fingerprints(other))


def test_a_number_may_be_a_reference() -> None:
    """The tasks `1` and `2` are not entries of a list."""
    text = 'tasks: {"1": {name: A, command: x, dependsOn: [q], triggeredBy: [manual]}}'
    one, other = report(text), report(text.replace('"1"', '"2"'))
    assert not set(fingerprints(one)) & set(fingerprints(other))


def test_entries_of_a_list_are_known_by_their_names() -> None:
    """The step without a task is a different one, although both are first in their lists."""
    text = "spec: {plan: [{steps: [{id: ID, label: x}]}]}\nid: 00000000-0000-4000-8000-000000000000"
    ids = [f"00000000-0000-4000-8000-00000000000{number}" for number in (1, 2)]
    found = [
        check_text(text.replace("ID", each), kind="task-execution", path="x.yaml") for each in ids
    ]
    assert [each.findings[0].rule for each in found] == ["ambiguous-step"] * 2
    assert not set(fingerprints(found[0])) & set(fingerprints(found[1]))


def test_equal_findings_are_told_apart_by_their_number() -> None:
    found = report("tasks:\n  a: {}\n  a: {}\n  a: {}\n")
    repeated = [each.pointer for each in found.findings if each.rule == "duplicate-key"]
    assert len(repeated) == 2
    assert len(set(repeated)) == 1
    assert len(set(fingerprints(found))) == len(found.findings)


def test_a_file_without_a_text_has_one_too() -> None:
    assert len(fingerprints(check_file("missing.yaml"))) == 1


def sequences(node: Node | None, seen: set[int]) -> Iterator[Sequence]:
    """The nonempty lists in a document, each once."""
    if node is None or id(node) in seen:
        return
    seen.add(id(node))
    inner: list[Node] = []
    if isinstance(node, Sequence) and node.items:
        yield node
        inner = node.items
    elif isinstance(node, Mapping):
        inner = [value for _, value in node.members.values()]
    for each in inner:
        yield from sequences(each, seen)


def longer(text: str, sequence: Sequence, entry: str) -> Edit | None:
    """An edit that adds an entry at the beginning of a list."""
    at = sequence.start
    if sequence.flow:
        return Edit(Span(at + 1, at + 1), f"{entry}, ") if text[at : at + 1] == "[" else None
    first = sequence.items[0].start
    dash = text.rfind("-", 0, first)
    if text[at : at + 1] != "-" or dash != at or text[dash + 1 : first].strip():
        return None
    line = text.rfind("\n", 0, dash) + 1
    return Edit(Span(dash, dash), f"- {entry}\n{' ' * (dash - line)}")


def unchanged(before: Report, after: Report, edit: Edit) -> Iterator[tuple[Finding, Finding]]:
    """The findings before and after an insertion, matched by their places."""
    length = len(edit.text)
    known = {(each.rule, each.message, each.place): each for each in after.findings}
    for finding in before.findings:
        if finding.place is None:
            continue
        start, end = (
            position.offset + length * (position.offset >= edit.span.start)
            for position in finding.place
        )
        place = after.text.place(Span(start, end))
        found = known.get((finding.rule, finding.message, place))
        if found is not None:
            yield finding, found


BROKEN = [
    (f"{path.parent.name}/{path.name}", text)
    for path in sorted(FIXTURES.glob("*/bad-*"))
    if path.suffix in (".yaml", ".json") and path.parent.name not in BLOCKING
    for text in [path.read_text(encoding="utf-8")]
]


@pytest.mark.parametrize(("name", "text"), BROKEN, ids=[name for name, _ in BROKEN])
def test_an_entry_before_them_changes_nothing(name: str, text: str) -> None:
    before = check_text(text, path=name)
    known = dict(zip(before.findings, fingerprints(before), strict=True))
    for sequence in sequences(read(before.text.value, Limits(), name).root, set()):
        edit = longer(before.text.value, sequence, '"unlike any other"')
        if edit is None:
            continue
        after = check_text(apply(before.text.value, [edit]), path=name, kind=before.kind)
        found = dict(zip(after.findings, fingerprints(after), strict=True))
        for old, new in unchanged(before, after, edit):
            assert known[old] == found[new], (old, new)


@given(st.sampled_from(BROKEN), st.text("\n ", max_size=5), st.sampled_from(["\n", "\r\n"]))
def test_lines_before_them_change_nothing(broken: tuple[str, str], space: str, ending: str) -> None:
    name, text = broken
    before = check_text(text, path=name)
    moved = text if name.endswith(".json") else f"# {len(space)}\n{text}"
    moved = (f"{space}\n{moved}").replace("\r\n", "\n").replace("\n", ending)
    after = check_text(moved, path=name)
    if [each.rule for each in before.findings] == [each.rule for each in after.findings]:
        assert fingerprints(before) == fingerprints(after)
