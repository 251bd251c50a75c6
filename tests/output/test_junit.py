"""JUnit XML, against the structure in the XSD of Jenkins' xUnit plugin (junit-10)."""

from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree

import pytest

from tests.command import run, run_in
from tests.reports import MIXED, TEXT, report, written
from validator import check_file


class Element(NamedTuple):
    required: set[str]
    optional: set[str]
    children: set[str]
    text: bool = False


_MESSAGE = Element(set(), {"type", "message"}, set(), text=True)
_TEXT = Element(set(), set(), set(), text=True)
_COUNTS = {"tests", "failures", "errors"}
_MORE = {"group", "time", "skipped", "timestamp", "hostname", "id", "package", "file", "log"}
# Written from the XSD, without the elements for tests that are run again.
STRUCTURE = {
    "testsuites": Element(set(), {"name", "time", *_COUNTS}, {"testsuite"}),
    "testsuite": Element(
        {"name", *_COUNTS},
        {"url", "version", *_MORE},
        {"testsuite", "properties", "testcase", "system-out", "system-err"},
    ),
    "testcase": Element(
        {"name"},
        {"time", "classname", "group"},
        {"skipped", "error", "failure", "system-out", "system-err"},
    ),
    "failure": _MESSAGE,
    "error": _MESSAGE,
    "skipped": _MESSAGE,
    "system-out": _TEXT,
    "system-err": _TEXT,
}


def check(element: ElementTree.Element) -> None:
    structure = STRUCTURE[element.tag]
    given = set(element.keys())
    assert structure.required <= given <= structure.required | structure.optional
    assert structure.text or not (element.text or "").strip()
    for child in element:
        assert child.tag in structure.children
        assert not (child.tail or "").strip()
        check(child)


def parsed(text: str | bytes) -> ElementTree.Element:
    root = ElementTree.fromstring(text)
    assert root.tag == "testsuites"
    check(root)
    return root


def test_it_keeps_to_the_xsd() -> None:
    for paths in (["fixtures/clean"], ["docs"], ["fixtures/broken", "fixtures/missing.yaml"]):
        parsed(run("check", *paths, "--format", "junit").stdout)


def test_a_file_is_a_test_case_and_counts_are_right() -> None:
    hint = report("# empty\n", "hint.yaml")
    root = parsed(written("junit", report(), report(TEXT.replace("coma", "comma")), hint))
    cases = list(root.iter("testcase"))
    assert [case.get("name") for case in cases] == ["a.yaml", "a.yaml", "hint.yaml"]
    assert [suite.get("failures") for suite in root] == ["1", "0", "0"]
    assert [len(suite.findall("testcase/failure")) for suite in root] == [1, 0, 0]
    assert [root.get(name) for name in ("tests", "failures", "errors")] == ["3", "1", "0"]


def test_only_findings_that_fail_the_run_are_failures() -> None:
    (case,) = parsed(written("junit", report(MIXED))).iter("testcase")
    failure, out = case
    assert (failure.get("type"), failure.get("message")) == ("error", "1 error")
    assert failure.text is not None
    (line,) = failure.text.splitlines()
    assert line.startswith("a.yaml:9:5: error[unknown-field] `nam` is not a field of a service;")
    assert out.tag == "system-out"
    assert out.text is not None
    first, second = out.text.splitlines()
    assert "hint[never-triggered]" in first
    assert second.startswith("a.yaml:5:3: warning[service-without-commands] the service `db` has")


WARNING = "services:\n  db:\n    name: Db\n    triggeredBy: [manual]\n"
HINT = "tasks:\n  a:\n    name: A\n    command: x\n"


@pytest.mark.parametrize(
    ("text", "fail_on", "code", "message"),
    [
        (MIXED, None, 1, "1 error"),
        (MIXED, "warning", 1, "1 error and 1 warning"),
        (MIXED, "hint", 1, "1 error, 1 warning and 1 hint"),
        (WARNING, None, 0, None),
        (WARNING, "error", 0, None),
        (WARNING, "warning", 1, "1 warning"),
        (HINT, "warning", 0, None),
        (HINT, "hint", 1, "1 hint"),
    ],
)
def test_it_has_failures_exactly_if_the_run_fails(
    tmp_path: Path, text: str, fail_on: str | None, code: int, message: str | None
) -> None:
    (tmp_path / "a.yaml").write_text(text)
    command = ("check", "a.yaml", "--format", "junit", "--shellcheck", "off")
    by_option = run_in(tmp_path, *command, *(["--fail-on", fail_on] if fail_on else []))
    if fail_on is not None:
        (tmp_path / "automation-validator.toml").write_text(f'fail-on = "{fail_on}"\n')
    by_file = run_in(tmp_path, *command)
    assert (by_file.returncode, by_file.stdout) == (by_option.returncode, by_option.stdout)
    assert by_file.returncode == code
    root = parsed(by_file.stdout)
    assert root.get("failures") == str(code)
    (case,) = root.iter("testcase")
    assert [each.get("message") for each in case.iter("failure")] == [message] * code
    shown = [line for each in case for line in (each.text or "").splitlines()]
    assert len(shown) == (3 if text == MIXED else 1)


def test_a_file_that_can_not_be_read_fails() -> None:
    (failure,) = parsed(written("junit", check_file("missing.yaml"))).iter("failure")
    assert failure.text is not None
    assert failure.text.startswith("missing.yaml: error[unreadable-file] can't be read: ")


def test_what_xml_can_not_hold_is_replaced() -> None:
    path = 'a\x00\x08\udcff\ufffe<&>"]]>\n.yaml'
    (case,) = parsed(written("junit", report(path=path))).iter("testcase")
    assert case.get("name") == ('a\\u{0}\\u{8}\\u{dcff}\\u{fffe}<&>"]]>\\u{a}.yaml')
