"""Every rule against its fixtures, and against the examples of its own declaration.

A rule has a folder `fixtures/rules/NAME` with `good-*`, YAML or JSON, which have no findings at
all, and `bad-*`, which have only findings of this rule: those in `bad-*.expected`,

    3:5-3:13 error[unknown-field] /tasks/build/comand: MESSAGE
      2:3-2:8 MESSAGE OF A RELATED PLACE
      unsafe fix: TITLE

If findings have fixes, `bad-*.fixed` is the file after all of them.

To update the expectations, which a person then has to review:

    pytest --update-snapshots tests/rules/test_rules.py
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests import sdk_differences
from tests.checkout import ROOT
from tests.expected_output import assert_snapshot
from tests.oracle import accepts
from tests.rules_of_schemas import RULES_OF_SCHEMAS
from validator import all_rules, check_text, pipeline
from validator.configuration.config import Config
from validator.file_check import check_file
from validator.finding import Place, Problem, Severity
from validator.fixer import fix_text
from validator.model.automations import SPELLINGS, Document
from validator.parsing.limits import Limits
from validator.parsing.text import decode, encode_like
from validator.report import MAX_SHOWN, Report
from validator.rules import Rule
from validator.shell.program import program

FIXTURES = ROOT / "fixtures" / "rules"
RULES = all_rules()
# All rules are enabled, including those that are off by default.
ALL = Config(severity={name: rule.severity for name, rule in RULES.items() if rule.optional})

BY_SHELLCHECK = {"script-syntax", "shellcheck"}

# What no fixture file can show; tested below, or with the check of scripts.
WITHOUT_FIXTURES = {
    "unchecked-script",
    "incomplete-fix",
    "internal-error",
    "migration-guess",
    "misnamed-file",
    "not-an-older-file",
    "not-migrated",
    "plan-mismatch",
    "shadowed-file",
    "started-too-early",
    "too-large",
    "too-many-findings",
    "trigger-mismatch",
    "unmatched-execution",
    "unreadable-file",
}

GOOD = sorted([*FIXTURES.glob("*/good-*.yaml"), *FIXTURES.glob("*/good-*.json")])
BAD = sorted([*FIXTURES.glob("*/bad-*.yaml"), *FIXTURES.glob("*/bad-*.json")])
TASK = "tasks:\n  build:\n    name: Build\n    command: make\n    triggeredBy: [manual]\n"


def name_of(path: Path) -> str:
    return f"{path.parent.name}/{path.name}"


def config_of(rule: str) -> Config:
    """The configuration for the fixtures of a rule."""
    if rule not in BY_SHELLCHECK:
        return ALL
    if program() is None:
        pytest.skip("shellcheck is missing")
    return ALL.replace(shellcheck="on")


def checked(path: Path) -> Report:
    """The report of a fixture, which its name makes YAML or JSON."""
    return check_text(path.read_bytes(), path=path.name, config=config_of(path.parent.name))


def lines(report: Report) -> Iterator[str]:
    """A report in the format of an expectation."""
    for finding in report.findings:
        assert finding.place is not None
        label = f"{finding.severity}[{finding.rule}]"
        pointer = finding.pointer.replace("\n", "\\n")
        yield f"{shown(finding.place)} {label} {pointer}: {finding.message}"
        for related in finding.related:
            assert related.place is not None
            yield f"  {shown(related.place)} {related.message}"
        for fix in finding.fixes:
            yield f"  {'' if fix.safe else 'unsafe '}fix: {fix.title}"


def shown(place: Place) -> str:
    start, end = place
    return f"{start.line}:{start.column}-{end.line}:{end.column}"


# Further findings, once a field has the name that was meant.
HIDDEN = {
    "unknown-field/bad-value-fixed-too.yaml": {"invalid-duration", "invalid-value"},
    "unknown-field/bad-value-refused.yaml": {"wrong-type", "invalid-value"},
}


@pytest.mark.parametrize("path", BAD, ids=name_of)
def test_bad_fixture(path: Path) -> None:
    report = checked(path)
    found = "".join(f"{line}\n" for line in lines(report))
    assert_snapshot(found, path.with_suffix(".expected"))
    rules = {finding.rule for finding in report.findings}
    assert rules == {path.parent.name, *HIDDEN.get(name_of(path), ())}


@pytest.mark.parametrize("path", BAD, ids=name_of)
def test_bad_fixture_after_its_fixes(path: Path) -> None:
    before = path.read_bytes()
    text, problem = decode(before)
    fixed = (
        before
        if problem
        else encode_like(
            fix_text(text, path=path.name, unsafe=True, config=config_of(path.parent.name)).text,
            before,
        )
    )
    assert_snapshot(fixed if fixed != before else b"", path.with_suffix(".fixed"))
    rule = RULES[path.parent.name]
    assert rule.fixable or fixed == before


@pytest.mark.parametrize("path", BAD, ids=name_of)
def test_only_safe_fixes_are_made_unasked(path: Path) -> None:
    text, _ = decode(path.read_bytes())
    fixed = fix_text(text, path=path.name, config=config_of(path.parent.name))
    left = [fix for finding in fixed.report.findings for fix in finding.fixes]
    assert not any(fix.safe for fix in left)


@pytest.mark.parametrize("name", RULES)
def test_a_fixable_rule_shows_a_fix(name: str) -> None:
    assert RULES[name].fixable == bool(list((FIXTURES / name).glob("*.fixed")))


@pytest.mark.parametrize("path", GOOD, ids=name_of)
def test_good_fixture(path: Path) -> None:
    assert list(lines(checked(path))) == []


@pytest.mark.parametrize("name", RULES)
def test_rule_has_fixtures(name: str) -> None:
    folder = FIXTURES / name
    if name in WITHOUT_FIXTURES:
        assert not folder.exists()
        return
    assert [path for path in GOOD if path.parent == folder]
    assert len([path for path in BAD if path.parent == folder]) > 1


def test_every_fixture_is_used() -> None:
    names = {path.with_suffix("") for path in BAD}
    assert len(names) == len(BAD)
    expected = [path.with_suffix(".expected") for path in BAD]
    expected += [path for path in FIXTURES.glob("*/bad-*.fixed") if path.with_suffix("") in names]
    files = [path for path in FIXTURES.rglob("*") if path.is_file()]
    assert sorted(files) == sorted([*GOOD, *BAD, *expected])
    assert {path.name for path in FIXTURES.iterdir()} == RULES.keys() - WITHOUT_FIXTURES


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
def test_declaration(rule: Rule) -> None:
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", rule.name)
    assert rule.summary
    assert rule.summary[0].isupper() or rule.summary[0] == "`"
    assert not rule.summary.endswith(".")
    assert rule.why.endswith(".")
    assert bool(rule.bad) == bool(rule.good) == (rule.name not in WITHOUT_FIXTURES)


def test_names_are_unique() -> None:
    summaries = [rule.summary for rule in RULES.values()]
    assert len(set(summaries)) == len(summaries)
    assert list(RULES) == sorted(RULES)
    assert all(name == rule.name for name, rule in RULES.items())


@pytest.mark.parametrize("name", sorted(RULES.keys() - WITHOUT_FIXTURES))
def test_examples(name: str) -> None:
    rule, config = RULES[name], config_of(name)
    found = check_text(rule.bad, path=rule.file, config=config).findings
    assert [finding.rule for finding in found] == [name]
    assert found[0].severity == rule.severity
    assert list(lines(check_text(rule.good, path=rule.file, config=config))) == []


@pytest.mark.parametrize("path", [*GOOD, *BAD], ids=name_of)
def test_places_name_what_is_there(path: Path) -> None:
    """Places are in the text and are not empty, except in an empty file."""
    report = checked(path)
    for finding in report.findings:
        for place in (finding.place, *(related.place for related in finding.related)):
            assert place is not None
            assert 0 <= place.start.offset <= place.end.offset <= len(report.text.value)
            assert finding.rule == "empty-document" or place.start != place.end


@pytest.mark.parametrize("path", [*GOOD, *BAD], ids=name_of)
@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"], ids=["lf", "crlf", "cr"])
def test_line_ends_make_no_difference(path: Path, ending: str) -> None:
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        pytest.skip("no UTF-8")
    unix = re.sub(r"\r\n|\r", "\n", text)
    config = config_of(path.parent.name)
    expected = list(lines(check_text(unix, path=path.name, config=config)))
    changed = unix.replace("\n", ending)
    assert list(lines(check_text(changed, path=path.name, config=config))) == expected


# One mistake, one finding; and a broken item hides nothing in its neighbours.

TOGETHER = {
    "dependencies under another name may be what starts a task": (
        """\
tasks:
  install: {name: Install, command: npm ci}
  build: {name: Build, command: make, needs: [install], triggeredBy: [manual]}
""",
        ["3:39-3:44 unknown-field"],
    ),
    "dependencies of the wrong type may be what starts a task": (
        """\
tasks:
  install: {name: Install, command: npm ci}
  build: {name: Build, command: make, dependsOn: install, triggeredBy: [manual]}
""",
        ["3:50-3:57 wrong-type"],
    ),
    "a misspelt trigger may be what runs a task in prebuilds": (
        """\
tasks:
  a: {name: A, command: a, triggeredBy: [manual], prebuildRequiresSuccess: true}
  b: {name: B, command: b, dependsOn: [a], triggeredBy: [prebuilt]}
""",
        ["3:58-3:66 invalid-value"],
    ),
    "a section that can't be read may hold any reference": (
        """\
services: [db]
tasks:
  a: {name: A, command: a, dependsOn: [db, a], triggeredBy: [manual], descr: x}
""",
        ["1:11-1:15 wrong-type", "3:44-3:45 self-dependency", "3:71-3:76 unknown-field"],
    ),
    "a section under another name holds references": (
        """\
service:
  db: {name: Database, commands: {start: postgres}}
tasks:
  a: {name: A, command: a, dependsOn: [db, cb], triggeredBy: [manual]}
""",
        ["1:1-1:8 unknown-field", "4:44-4:46 unknown-dependency"],
    ),
    "an unknown section hides no unknown dependency": (
        """\
version: 1
tasks:
  a: {name: A, command: a, dependsOn: [b], triggeredBy: [manual]}
""",
        ["1:1-1:8 unknown-field", "3:40-3:41 unknown-dependency"],
    ),
    "items that can't be read exist, and hide no unknown dependency": (
        """\
tasks:
  a: {name: A, command: a, dependsOn: [b, c, d], triggeredBy: [manual]}
  b:
  c: make
""",
        ["2:46-2:47 unknown-dependency", "3:3-3:4 empty-value", "4:6-4:10 wrong-type"],
    ),
    "a section that is repeated has been read in part": (
        """\
tasks:
  install: {name: Install, command: npm ci}
tasks:
  build: {name: Build, command: make, dependsOn: [install, build], triggeredBy: [manual]}
""",
        ["3:1-3:6 duplicate-key", "4:60-4:65 self-dependency"],
    ),
    "a refused task is still part of a cycle": (
        """\
tasks:
  a: {name: 1, command: a, dependsOn: [b], triggeredBy: [manual, manual]}
  b: {comand: b, dependsOn: [a]}
""",
        [
            "2:13-2:14 wrong-type",
            "2:40-2:41 dependency-cycle",
            "2:66-2:72 duplicate-trigger",
            "3:3-3:4 missing-field",
            "3:7-3:13 unknown-field",
        ],
    ),
    "what is a reference once it is quoted may be a duplicate": (
        """\
services:
  on: {name: A, commands: {start: a}, triggeredBy: [manual]}
tasks:
  "on": {name: A, command: a, triggeredBy: [manual]}
""",
        ["2:3-2:5 invalid-reference", "4:3-4:7 duplicate-reference"],
    ),
    "a service with nothing to run lacks no trigger": (
        "services:\n  db: {name: Database}\n",
        ["2:3-2:5 service-without-commands"],
    ),
    "the spelling of what must go does not matter": (
        """\
services:
  a: {name: A, commands: {start: a}, triggeredBy: [before_snapshot, manual], triggered_by: []}
""",
        ["2:52-2:67 trigger-not-allowed", "2:78-2:90 conflicting-fields"],
    ),
    "an entry at an anchor has two mistakes where two uses have one each": (
        """\
tasks:
  a: {name: A, command: a, triggeredBy: &t [before_snapshot]}
services:
  b: {name: B, commands: {start: b}, triggeredBy: *t}
""",
        ["2:45-2:60 noncanonical-spelling", "2:45-2:60 trigger-not-allowed"],
    ),
}


@pytest.mark.parametrize("case", TOGETHER)
def test_findings_together(case: str) -> None:
    text, expected = TOGETHER[case]
    found = check_text(text).findings
    assert [f"{shown(each.place)} {each.rule}" for each in found if each.place] == expected


# The Python SDK accepts both spellings at once; the platform's JSON reader does not.
NOT_ASKED = {
    "conflicting-fields/bad-both-spellings.yaml",
    "conflicting-fields/bad-null-and-value.yaml",
    "conflicting-fields/bad-merged-spelling.yaml",
    # PyYAML reads strings where the platform's YAML readers read numbers.
    "invalid-reference/bad-number-of-the-platform.yaml",
    "wrong-type/bad-numbers-of-the-platform.yaml",
}


class _Unloadable(Exception):
    """PyYAML can't load the text."""


class _LoaderOfTextDates(yaml.SafeLoader):
    """Reads dates as strings, as in JSON."""


_LoaderOfTextDates.add_constructor("tag:yaml.org,2002:timestamp", lambda _, node: node.value)


def platform_accepts(path: Path) -> bool:
    kind = checked(path).kind
    loader = yaml.SafeLoader if kind == "automations-file" else _LoaderOfTextDates
    try:
        is_json = path.suffix == ".json"
        data = json.loads(path.read_bytes()) if is_json else yaml.load(path.read_bytes(), loader)
    except (yaml.YAMLError, UnicodeDecodeError, ValueError) as error:
        raise _Unloadable from error
    if kind == "automations-file":
        return accepts(kind, with_listed_triggers(data))
    return accepts(kind, data, sdk_differences.taken_out)


def with_listed_triggers(data: Any) -> Any:
    """A document without the triggers that the SDK's list for files leaves out.

    Triggers in the SDK's spelling, which it does not read in files, are replaced with the file
    format's.
    """
    if not isinstance(data, dict):
        return data
    known: dict[Any, Any] = {**SPELLINGS, "beforeSnapshot": "manual", "postMachineStart": "manual"}
    known.update(before_snapshot="manual", post_machine_start="manual")
    changed = {}
    for key, value in data.items():
        if key in ("triggeredBy", "triggered_by") and isinstance(value, list):
            changed[key] = [known.get(v, v) if isinstance(v, str) else v for v in value]
        else:
            changed[key] = with_listed_triggers(value)
    return changed


@pytest.mark.parametrize("path", GOOD, ids=name_of)
def test_platform_accepts_good_fixture(path: Path) -> None:
    assert platform_accepts(path)


@pytest.mark.parametrize(
    "path", [path for path in BAD if path.parent.name in RULES_OF_SCHEMAS], ids=name_of
)
def test_platform_refuses_bad_fixture(path: Path) -> None:
    if name_of(path) in NOT_ASKED:
        pytest.skip("PyYAML and the SDK can't say")
    try:
        accepted = platform_accepts(path)
    except _Unloadable:
        pytest.skip("PyYAML can't load it")
    assert not accepted


@pytest.mark.parametrize(
    "path", [p for p in BAD if RULES[p.parent.name].severity < Severity.ERROR], ids=name_of
)
def test_platform_accepts_what_has_no_error(path: Path) -> None:
    if path.parent.name == "duplicate-anchor":
        pytest.skip("PyYAML can't load it, which is what the warning says")
    assert platform_accepts(path)


# Cases that no fixture file can show.


def test_too_large() -> None:
    config = Config(limits=Limits(max_bytes=20))
    for text in (TASK, TASK.encode()):
        (finding,) = check_text(text, config=config).findings
        assert (finding.rule, str(finding.severity)) == ("too-large", "error")
        assert finding.message == "larger than 20 bytes; it is not read"
    assert check_text("# 20 characters long", config=config).findings[0].rule == "empty-document"


def test_too_large_counts_bytes() -> None:
    config = Config(limits=Limits(max_bytes=20))
    text = "# 日本語日本語日本語"
    assert check_text(text, config=config).findings[0].rule == "too-large"
    assert check_text(text.encode(), config=config).findings[0].rule == "too-large"


def test_too_many_findings() -> None:
    def with_unknown_fields(count: int) -> str:
        return TASK + "".join(f"    x{number}: 1\n" for number in range(count))

    findings = check_text(with_unknown_fields(MAX_SHOWN)).cut().findings
    assert {finding.rule for finding in findings} == {"unknown-field"}
    findings = check_text(with_unknown_fields(MAX_SHOWN + 5)).cut().findings
    assert len(findings) == MAX_SHOWN + 1
    assert findings[-1].rule == "too-many-findings"
    assert findings[-1].message == "5 more findings are not shown"
    assert {finding.rule for finding in findings[:-1]} == {"unknown-field"}


def test_internal_error(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_document: Document) -> Iterator[Problem]:
        raise RuntimeError("out of order")

    broken = RULES["never-triggered"]._replace(check=fail)
    changed = {**RULES, "never-triggered": broken}
    monkeypatch.setattr(pipeline, "declared", changed.__getitem__)
    text = TASK.replace("[manual]", "[manual, manual]")
    failure, other = check_text(text).findings
    assert (failure.rule, str(failure.severity)) == ("internal-error", "error")
    assert failure.message == "the rule `never-triggered` failed: RuntimeError: out of order"
    assert other.rule == "duplicate-trigger"


def test_unreadable_file(tmp_path: Path) -> None:
    for path in (tmp_path / "missing.yaml", tmp_path):
        (finding,) = check_file(str(path)).findings
        assert (finding.rule, str(finding.severity)) == ("unreadable-file", "error")
        assert finding.message
        assert finding.place is None


NEVER = "  {0}:{1}\n    name: {0}\n    command: make\n"
IGNORED = "  # automation-validator: ignore[never-triggered]"


def never_triggered(*items: str) -> list[str]:
    found = check_text("tasks:\n" + "".join(items)).findings
    assert {each.rule for each in found} <= {"never-triggered"}
    return [each.message.split(";")[0].removeprefix("nothing triggers ") for each in found]


def test_what_nothing_starts_is_one_hint_but_for_what_is_suppressed() -> None:
    some = [NEVER.format(name, "") for name in "abcdefg"]
    ignored = [NEVER.format(name, IGNORED) for name in "abcdefg"]
    assert never_triggered(*some) == ["`a`, `b`, `c`, `d`, `e` and 2 more"]
    assert never_triggered(*some[:6]) == ["`a`, `b`, `c`, `d`, `e` and `f`"]
    assert never_triggered(ignored[0], *some[1:3], ignored[3]) == ["`b` and `c`"]
    assert never_triggered(*ignored[:3], some[3]) == ["the task `d`"]
    assert never_triggered(*ignored) == []


def test_an_optional_rule_is_used_where_it_is_asked_for() -> None:
    text = RULES["redundant-dependency"].bad
    name = "redundant-dependency"
    for config in (Config(select=frozenset({name})), Config(severity={name: Severity.ERROR})):
        assert [each.rule for each in check_text(text, config=config).findings] == [name]
    ignored = Config(severity={name: Severity.ERROR}, ignore=frozenset({name}))
    for other in (None, Config(select=frozenset({"never-triggered"})), ignored):
        assert check_text(text, config=other).findings == ()


def test_a_comment_for_a_rule_that_is_off_is_not_unused() -> None:
    entry = "dependsOn: [install, build]"
    comment = " # automation-validator: ignore[redundant-dependency]"
    text = RULES["redundant-dependency"].bad.replace(entry, entry + comment)
    assert entry + comment in text
    assert check_text(text).findings == ()
    assert check_text(text, config=ALL).findings == ()
