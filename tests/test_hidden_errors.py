"""Errors that show only once others are fixed: all are in the first report."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import pytest
from hypothesis import given, reject, settings
from hypothesis import strategies as st
from hypothesis.internal.conjecture import providers

from tests.corpus import FOLDER, needs_corpus, verdicts
from tests.test_safe_fixes import broken
from validator import Finding, Severity, check_text
from validator.editing.composition import apply, together
from validator.fingerprint import fingerprints
from validator.report import Report
from validator.rules import BLOCKING

HEAD = "tasks:\n  a:\n    name: A\n    command: a\n"


def errors(report: Report) -> list[Finding]:
    return [each for each in report.findings if each.severity == Severity.ERROR]


def shown(text: str) -> list[str]:
    """The errors that have no fix yet, with the text that they underline."""
    found = []
    for each in errors(check_text(text, kind="automations-file")):
        if not each.fixes:
            assert each.place is not None
            start, end = each.place
            underlined = text[start.offset : end.offset]
            found.append(f"{start.line}:{start.column} {each.rule} {underlined!r} {each.pointer}")
    return found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            f"{HEAD}    trigger: manul\n",
            [
                "5:14 wrong-type 'manul' /tasks/a/trigger",
                "5:14 invalid-value 'manul' /tasks/a/trigger",
            ],
        ),
        (
            f"{HEAD}    dependOn: [b]\n    triggeredBy: [manual]\n",
            ["5:16 unknown-dependency 'b' /tasks/a/dependOn/0"],
        ),
        (
            f"{HEAD}    triggers: postMachineStrat, onPush\n",
            [
                "5:15 invalid-value 'postMachineStrat' /tasks/a/triggers",
                "5:15 wrong-type 'postMachineStrat, onPush' /tasks/a/triggers",
                "5:33 invalid-value 'onPush' /tasks/a/triggers",
            ],
        ),
        (
            "service:\n  web: {name: Web, comands: {start: a}, triggeredBy: [beforeSnapshot]}\n",
            [
                "2:20 unknown-field 'comands' /service/web/comands",
                "2:55 trigger-not-allowed 'beforeSnapshot' /service/web/triggeredBy/0",
            ],
        ),
        (
            f"{HEAD}    dependsOn: b\n  b: {{name: B, command: b, dependsOn: [a]}}\n",
            ["5:16 dependency-cycle 'b' /tasks/a/dependsOn"],
        ),
    ],
)
def test_what_is_behind_a_mistake_is_reported_at_its_place(text: str, expected: list[str]) -> None:
    assert shown(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # A misspelt section with a list.
        (
            "taks:\n  - name: A\n    command: x\n",
            ["1:1 unknown-field 'taks' /taks", "2:3 wrong-type '- name' /taks"],
        ),
        # Next to an entry that a fix removes, and in quotes that one adds.
        (
            f"{HEAD}    dependsOn: [zz, a]\n",
            [
                "5:17 unknown-dependency 'zz' /tasks/a/dependsOn/0",
                "5:21 self-dependency 'a' /tasks/a/dependsOn/1",
            ],
        ),
        (
            f"{HEAD}    dependsOn: [a, off]\n",
            [
                "5:17 self-dependency 'a' /tasks/a/dependsOn/0",
                "5:20 wrong-type 'off' /tasks/a/dependsOn/1",
                "5:20 unknown-dependency 'off' /tasks/a/dependsOn/1",
            ],
        ),
        # In lines that a fix moves.
        (
            f"{HEAD}    docker:\n      image: node\n      command: make\n",
            [
                "5:5 unknown-field 'docker' /tasks/a/docker",
                "7:7 unknown-field 'command' /tasks/a/docker/command",
            ],
        ),
        (
            f"{HEAD}    dependsOn: {{zz: true}}\n",
            [
                "5:16 wrong-type '{zz: true}' /tasks/a/dependsOn",
                "5:17 unknown-dependency 'zz' /tasks/a/dependsOn/zz",
            ],
        ),
        # A value behind an alias has the path through the alias, and the place of the anchor.
        (
            f"x: &t [manul]\n{HEAD}    triggers: *t\n",
            [
                "1:1 unknown-field 'x' /x",
                "1:8 invalid-value 'manul' /tasks/a/triggers/0",
                "6:5 unknown-field 'triggers' /tasks/a/triggers",
            ],
        ),
        # A reference that a fix finds, and fields that it indents.
        (
            "tasks:\n  - build: make all\n",
            [
                "2:3 wrong-type '- build' /tasks",
                "2:12 wrong-type 'make all' /tasks/0/build",
            ],
        ),
        (
            "tasks:\n  a:\n  name: A\n  comand: x\n",
            ["2:3 empty-value 'a' /tasks/a", "4:3 unknown-field 'comand' /tasks/comand"],
        ),
        (
            "tasks:\n- port: [3000]\n",
            [
                "2:1 missing-field '-' /tasks",
                "2:1 wrong-type '- port' /tasks",
                "2:3 unknown-field 'port' /tasks/0/port",
            ],
        ),
    ],
)
def test_each_is_reported_once_at_its_place(text: str, expected: list[str]) -> None:
    found = []
    for each in errors(check_text(text, kind="automations-file")):
        assert each.place is not None
        start, end = each.place
        underlined = text[start.offset : end.offset]
        found.append(f"{start.line}:{start.column} {each.rule} {underlined!r} {each.pointer}")
    assert found == expected


def test_it_is_in_a_baseline_as_what_it_will_be() -> None:
    """Fixing one known error does not turn another known one into a new one."""
    text = f"{HEAD}    dependOn: [q]\n"
    before = check_text(text, kind="automations-file")
    after = check_text(text.replace("dependOn", "dependsOn"), kind="automations-file")
    known = dict(zip(fingerprints(before), before.findings, strict=True))
    for fingerprint, finding in zip(fingerprints(after), after.findings, strict=True):
        assert finding.severity < Severity.ERROR or known[fingerprint].rule == finding.rule


def test_a_related_place_is_one_of_the_text_as_it_is() -> None:
    text = f"{HEAD}    triggeredBy: [manual]\nservice:\n  a: {{name: A, commands: {{start: a}}}}\n"
    (found,) = (each for each in errors(check_text(text)) if each.rule == "duplicate-reference")
    assert found.place is not None
    assert [text[place.start.offset : place.end.offset] for place in (found.place,)] == ["a"]
    assert found.place.start.line == 7
    assert [each.place.start.line for each in found.related if each.place] == [2]


def test_what_the_platform_accepts_has_no_more_errors_for_it() -> None:
    """The fix of a warning reveals no errors: the file is already read as it is."""
    text = f"{HEAD}    triggered_by: [manual, manual]\n"
    assert errors(check_text(text)) == []


def test_a_long_text_is_looked_at_once() -> None:
    text = f"{HEAD}    dependOn: [b]\n    triggeredBy: [manual]\n"
    rules = [each.rule for each in errors(check_text(text + "#" * 100_000))]
    assert rules == ["unknown-field"]


@pytest.fixture(scope="module", autouse=True)
def same_examples() -> Iterator[None]:
    """The same examples in each run.

    Hypothesis also uses the constants of the modules that happen to be imported, so what a test
    sees would depend on the tests before it.
    """
    with pytest.MonkeyPatch.context() as patch:
        constants = type(providers._get_local_constants())
        patch.setattr(providers, "_get_local_constants", constants)
        patch.setattr(providers, "CONSTANTS_CACHE", type(providers.CONSTANTS_CACHE)(1024))
        yield


def assert_one_round(text: str) -> None:
    """After the fixes of the first report, there is no error that it does not contain."""
    report = check_text(text, kind="automations-file")
    first = errors(report)
    if any(each.rule in BLOCKING or each.rule == "other-format" for each in first):
        # A text that can't be read, or is of another format, gets a single finding.
        reject()
    fixable = [each for each in first if each.fixes]
    edits = [each.fixes[0].edits for each in fixable]
    made = list(together(edits))
    after = apply(report.text.value, [edit for index in made for edit in edits[index]])
    left = Counter(each.rule for each in first)
    left.subtract(fixable[index].rule for index in made)
    second = errors(check_text(after, kind="automations-file"))
    assert Counter(each.rule for each in second) <= left, after


@settings(max_examples=200, deadline=None)
@given(broken())
def test_no_second_round(text: str) -> None:
    assert_one_round(text)


@pytest.mark.slow
@settings(max_examples=1_500, deadline=None)
@given(broken(st.integers(3, 6)))
def test_no_second_round_in_many_files(text: str) -> None:
    assert_one_round(text)


@needs_corpus
@pytest.mark.parametrize("name", [name for name, accepted in verdicts().items() if not accepted])
def test_no_second_round_in_a_real_file(name: str) -> None:
    text = (FOLDER / name).read_bytes().decode()
    found = errors(check_text(text, kind="automations-file"))
    if any(each.rule in BLOCKING or each.rule == "other-format" for each in found):
        pytest.skip("can't be read, or is of another format")
    assert_one_round(text)
