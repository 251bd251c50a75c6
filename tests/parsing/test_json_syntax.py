"""A `.json` file is read as JSON: whatever the standard library's `json` rejects is a finding."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.checkout import ROOT
from tests.command import run
from tests.optional import needs
from validator import Limits, Report, Severity, check_file, check_text
from validator.fixer import fix_text
from validator.language.snapshot import View
from validator.parsing.reader import read

CASES = ROOT.parent / "shared" / "cases"
TASK = '{"tasks": {"a": {"name": "A", "command": %s, "triggeredBy": ["manual"]}}}'
FILE = TASK % '"x"'

# Parts of mistakes in JSON.
PIECES = st.sampled_from(
    [
        *"{}[],:\"'\\ \n\t\r0123.-+eEux/*#aN_;`=",
        *('{"', '": ', '"a"', "1.5", "//x\n", "/*", "*/", "NaN", "Infinity", "true", "null", '""'),
        *("\\u00e9", "\\u12", "\\x", "\\'", ",,", "[[", "]]", "}}", "True", "=>", "--", "01", "1e"),
        *("\\\t", "\\\x00", "\\\x0b"),
        *("\xa0", "\u2028", "\x07", "\x0b", "\x1c", "\x7f", "\x00", "\u200b", "\ufeff", "“", "é"),
    ]
)
DOCUMENTS = st.sampled_from(
    [FILE, "[1, 2.5e3, true, null, {}, []]", "{}", '"x"', "0", '{"a": {"b": [[], {}, ""]}}']
)


@st.composite
def edited(draw: st.DrawFn) -> str:
    """A JSON text with one to three pieces inserted, or in the place of a character."""
    text = draw(DOCUMENTS)
    for _ in range(draw(st.integers(1, 3))):
        at = draw(st.integers(0, len(text)))
        text = text[:at] + draw(PIECES) + text[at + draw(st.integers(0, 2)) :]
    return text


TEXTS = edited() | st.lists(PIECES, max_size=10).map("".join) | st.text(max_size=10)


def is_json(text: str) -> bool:
    """Whether the standard library accepts it, without the numbers that JSON does not have."""

    def refuse(word: str) -> None:
        raise ValueError(word)

    try:
        json.loads(text, parse_constant=refuse)
    except ValueError:
        return False
    return True


def found(text: str) -> list[tuple[str, str]]:
    """The mistakes of a JSON text: each place's text, and the message."""
    report = check_text(text, path="a.json", kind="automations-file")
    return [
        (report.text.value[each.place.start.offset : each.place.end.offset], each.message)
        for each in report.findings
        if each.rule == "json-syntax" and each.place is not None
    ]


def rules(report: Report) -> list[str]:
    return [each.rule for each in report.findings]


@settings(max_examples=1500, deadline=None)
@given(TEXTS)
def test_a_finding_where_the_standard_library_rejects_it_and_only_there(text: str) -> None:
    report = check_text(text, path="a.json", kind="automations-file")
    assert ("json-syntax" in rules(report)) is not is_json(text)
    assert "internal-error" not in rules(report)
    for finding in report.findings:
        assert finding.place is not None
        assert 0 <= finding.place.start.offset <= finding.place.end.offset <= len(report.text.value)
        assert (
            finding.place.start != finding.place.end
            or not report.text.value.strip()
            or (finding.rule == "empty-document")
        )


@settings(max_examples=300, deadline=None)
@given(TEXTS)
def test_fixes_come_no_further_from_json(text: str) -> None:
    """After the safe fixes, no safe ones are left, and they have broken nothing."""
    fixed = fix_text(text, path="a.json", kind="automations-file")
    left = [each for each in fixed.report.findings if each.rule == "json-syntax"]
    assert ("json-syntax" in rules(fixed.report)) is not is_json(fixed.text)
    assert len(left) <= len(found(text)) or not found(text)
    assert fix_text(fixed.text, path="a.json", kind="automations-file").text == fixed.text


MISTAKES = [
    ('{"tasks": {},}', ",", "JSON allows no comma before `}`; remove it"),
    ('{"tasks": {"a": [1, ]}}', ",", "JSON allows no comma before `]`; remove it"),
    ('{,"tasks": {}}', ",", "this comma has no field before it; remove it"),
    ('{"a": [1,,2]}', ",", "this comma has no value before it; remove it"),
    ("{'tasks': {}}", "'tasks'", 'JSON strings are in double quotes; write `"tasks"`'),
    ("{tasks: {}}", "tasks", 'a key in JSON is in double quotes; write `"tasks"`'),
    ("{1: {}}", "1", 'a key in JSON is in double quotes; write `"1"`'),
    (TASK % "npm ci", "npm ci", 'a string in JSON is in double quotes; write `"npm ci"`'),
    (
        TASK % "http://x/y",
        "http://x/y",
        'a string in JSON is in double quotes; write `"http://x/y"`',
    ),
    (TASK % "NaN", "NaN", "`NaN` is not valid JSON; write a number, or `null`"),
    (TASK % "-Infinity", "-Infinity", "`-Infinity` is not valid JSON; write a number, or `null`"),
    (TASK % "True", "True", "`True` is not valid JSON; write `true`"),
    (TASK % "None", "None", "`None` is not valid JSON; write `null`"),
    (TASK % "// x\n1", "// x", "JSON has no comments; remove this one"),
    (TASK % "/* x\n */ 1", "/* x\n */", "JSON has no comments; remove this one"),
    (TASK % "1 # x\n", "# x", "JSON has no comments; remove this one"),
    (TASK % "01", "01", "`01` is not a JSON number; write `1`"),
    (TASK % "+1", "+1", "`+1` is not a JSON number; write `1`"),
    (TASK % ".5", ".5", "`.5` is not a JSON number; write `0.5`"),
    (TASK % "-.5", "-.5", "`-.5` is not a JSON number; write `-0.5`"),
    (TASK % "1.", "1.", "`1.` is not a JSON number; write `1`"),
    (TASK % "0x1F", "0x1F", "`0x1F` is not a JSON number; put it in double quotes"),
    (TASK % "1_000", "1_000", "`1_000` is not a JSON number; put it in double quotes"),
    (TASK % '"a\tb"', "\t", "the control character U+0009 must be written as `\\t`"),
    (TASK % '"a\x07b"', "\x07", "the control character U+0007 must be written as `\\u0007`"),
    (TASK % '"\\d"', "\\d", "`\\d` is not a JSON escape; write the backslash twice"),
    (TASK % '"a\\\x0bb"', "\\", "`\\` is not a JSON escape; write the backslash twice"),
    (TASK % '"\\u12"', "\\u12", "`\\u12` is not a JSON escape; write the backslash twice"),
    (TASK % '"it\\\'s"', "\\'", "`\\'` is not a JSON escape; write `'`"),
    (
        TASK % '"x\ny"',
        '"x',
        'this string is not closed on its line; add `"`, or write line breaks as `\\n`',
    ),
    (
        TASK % '"echo "x""',
        'x"", "triggeredBy": ["manual"]}}}',
        'text after a closing quote; write a quote inside a string as `\\"`',
    ),
    (
        TASK % "'x",
        '\'x, "triggeredBy": ["manual"]}}}',
        "JSON strings are in double quotes, and this quote is not closed on its line",
    ),
    (TASK % "“x”", "“", '`“` is not a quote in JSON; write `"`'),
    (TASK % '"x" 1', "1", "a comma is missing before this"),
    ('{"tasks" {}}', '"tasks"', 'a `:` is missing after the key `"tasks"`'),
    ('{"tasks" = {}}', "=", "write `:` between a key and its value, not `=`"),
    (
        '{"tasks": , "services": {}}',
        '"tasks"',
        'the key `"tasks"` has no value; add one after a `:`',
    ),
    ('{"tasks"}', '"tasks"', 'the key `"tasks"` has no value; add one after a `:`'),
    ('{"tasks": {"a": [', "[", "this `[` is never closed; add `]`"),
    ('{"tasks": {"a": [}', "}", "`}` does not close `[`; write `]`"),
    (
        '{"tasks": {}} x y',
        "x y",
        "text after the end of the JSON value; remove it, or check the brackets",
    ),
    ('{"tasks"; {}}', ";", "unexpected `;`; expected `:`"),
    ('{"tasks": `x`}', "`", "unexpected ```; expected a value"),
    ('{"tasks": \x1c{}}', "\x1c", "unexpected U+001C; expected a value"),
    ('{"tasks":\xa0{}}', "\xa0", "the character U+00A0 is not whitespace in JSON; write a space"),
    (
        '{"tasks": {}}\ufeff',
        "\ufeff",
        "the character U+FEFF is not whitespace in JSON; write a space",
    ),
    (
        "tasks: {}",
        "tasks: {}",
        "JSON begins with `{`; if this is YAML, give the file a name in `.yaml`",
    ),
    ("", "", "the file is empty; JSON needs a value, such as `{}`"),
    (" \n", " ", "the file is empty; JSON needs a value, such as `{}`"),
    ("// x", "/", "the file has no value; JSON needs a value"),
]


@pytest.mark.parametrize(
    ("text", "marked", "message"), MISTAKES, ids=[each[0] for each in MISTAKES]
)
def test_a_mistake_at_its_place(text: str, marked: str, message: str) -> None:
    assert (marked, message) in found(text)
    assert not is_json(text)


def test_all_mistakes_are_found_at_once() -> None:
    text = (
        '{\n  // all\n  tasks: {\'a\': {"name": "A",}, /* b */ '
        '"b": {"name": "B" "command": "b"}},\n}\n'
    )
    assert [marked for marked, _ in found(text)] == [
        *("// all", "tasks", "'a'", ",", "/* b */", '"', ",")
    ]
    report = check_text(text, path="a.json")
    (missing,) = [each for each in report.findings if each.rule != "json-syntax"][:1]
    assert (missing.rule, missing.pointer) == ("missing-field", "/tasks/a")


def test_one_mistake_is_one_finding() -> None:
    """The type of a value is not checked before it is valid JSON."""
    for value in ("True", "01", "NaN", ".5", "None"):
        assert rules(check_text(TASK % value, path="a.json")) == ["json-syntax"]


@pytest.mark.parametrize(
    ("text", "fixed"),
    [
        ('{"tasks": {},}', '{"tasks": {}}'),
        ('{"tasks": {},,}', '{"tasks": {}}'),
        ("{'tasks': {}}", '{"tasks": {}}'),
        ("{tasks: {}}", '{"tasks": {}}'),
        (TASK % "'it\\'s \"x\" \\n'", TASK % '"it\'s \\"x\\" \\n"'),
        (TASK % "npm ci", TASK % '"npm ci"'),
        (TASK % '"a\tb"', TASK % '"a\\tb"'),
        (TASK % '"x"\xa0', TASK % '"x" '),
        (FILE.replace(', "command"', '\n"command"'), FILE.replace(', "command"', ',\n"command"')),
        (FILE.replace('"tasks":', '"tasks"'), FILE),
        (FILE.replace('"tasks":', '"tasks" ='), FILE.replace('"tasks":', '"tasks" :')),
    ],
)
def test_safe_fixes(text: str, fixed: str) -> None:
    assert fix_text(text, path="a.json").text == fixed
    assert is_json(fixed)


@pytest.mark.parametrize(
    "text",
    [
        TASK % '"echo "hi" there"',
        TASK % '"echo " hi " there"',
        TASK % '"echo ""hi"" there"',
        TASK % '"\\d"',
        TASK % "007",
        '{"a": [1,,2]}',
        '{"tasks": {} // x\n}',
    ],
)
def test_no_safe_fix_where_more_than_one_thing_may_be_meant(text: str) -> None:
    assert fix_text(text, path="a.json").text == text


def test_a_backslash_before_a_control_character() -> None:
    """Both are reported, and both fixes together make it JSON."""
    for character in map(chr, [*range(10), 11, 12, *range(14, 32)]):
        for text in (TASK % f'"a\\{character}"', TASK % f"'a\\{character}'"):
            fixed = fix_text(text, path="a.json", unsafe=True).text
            assert json.loads(fixed)["tasks"]["a"]["command"] == f"a\\{character}"


def test_a_list_is_advised_as_json_has_it() -> None:
    for value in ("build", "build, lint"):
        text = FILE.replace('["manual"]', '["manual"], "dependsOn": ' + json.dumps(value))
        (message,) = (
            each.message
            for each in check_text(text, path="a.json").findings
            if each.rule == "wrong-type"
        )
        written = json.dumps(value.split(", "))
        assert message == f"`dependsOn` must be a list, not a string (`{value}`); write `{written}`"


def test_names_of_files() -> None:
    text = '{"tasks": {},}'
    for name in ("a.json", "A.JSON", "x/.ona/config.json", "/tmp/a.b.json"):
        assert rules(check_text(text, path=name)) == ["json-syntax"]
    for name in ("a.yaml", ".ona/automations.yaml", "json", "a.json.yaml", "<stdin>"):
        assert rules(check_text(text, path=name)) == []
    assert rules(check_text(text)) == []


def test_yaml_in_json_syntax_is_what_yaml_says() -> None:
    text = TASK % '"\\ud83d\\ude00"'
    assert rules(check_text(text)) == []
    assert rules(check_text(text, path="a.json")) == []
    for each in ("a.yaml", "a.yml"):
        assert rules(check_text(text, path=each)) == ["yaml-syntax"]
    assert rules(
        check_text('{"tasks": {"a": # x\n {"name": NaN, "command": a}}}', path="a.yaml")
    ) == ["never-triggered"]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32"])
def test_a_byte_order_mark(encoding: str) -> None:
    (finding,) = check_text(FILE.encode(encoding), path="a.json").findings
    assert finding.rule == "json-syntax"
    assert finding.message == (
        "a byte order mark is not valid JSON; save the file as UTF-8 without it"
    )
    assert finding.place is not None
    assert (finding.place.start.offset, finding.place.end.offset) == (0, 1)
    assert rules(check_text(FILE.encode(encoding), path="a.yaml")) == []
    assert rules(check_text("\ufeff" + FILE, path="a.json")) == ["json-syntax"]
    fixed = fix_text("\ufeff" + FILE.replace("tasks", "task", 1), path="a.json")
    assert (fixed.text, rules(fixed.report)) == ("\ufeff" + FILE, ["json-syntax"])


def test_a_byte_order_mark_stays_a_finding_with_fix(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    data = b"\xef\xbb\xbf" + FILE.replace('"tasks"', '"task"', 1).encode()
    path.write_bytes(data)
    done = run("check", "--fix", str(path))
    assert done.returncode == 1
    assert b"byte order mark" in done.stdout
    assert path.read_bytes() == data


def test_comments_suppress_nothing() -> None:
    text = '{\n  // automation-validator: ignore-file[json-syntax]\n  "tasks": {}\n}\n'
    assert rules(check_text(text, path="a.json")) == ["json-syntax"]
    assert check_text(text, path="a.json").suppressed == 0


def test_api_documents_are_read_the_same() -> None:
    text = '{"tasks": [{"id": "3f1c2a9e-5b7d-4c1a-9e0f-2d6b8a4c7e11",}]}'
    report = check_text(text, path="tasks.json")
    assert (report.kind, rules(report)) == ("task-list", ["json-syntax"])


@needs("the shared cases (../shared/cases)", CASES.is_dir())
@pytest.mark.parametrize("name", ["trailing-commas.json", "comment.json"])
def test_shared_cases(name: str) -> None:
    report = check_file(CASES / name)
    assert set(rules(report)) == {"json-syntax"}


def test_limits() -> None:
    assert read("[" * 100_000, Limits(), "a.json").problems[0].rule == "too-deep"
    assert read('{"a": [1, 2,]}', Limits(max_nodes=4), "a.json").problems[-1].rule == "too-large"
    # Any number of mistakes; the rest of the text is not read.
    problems = read("[" + "01," * 100_000 + "]", Limits(), "a.json").problems
    assert len(problems) == 5_000
    assert {each.rule for each in problems} == {"json-syntax"}


def test_more_mistakes_than_are_counted_are_fixed() -> None:
    entries = ",".join(["[1,]"] * 12_000)
    fixed = fix_text(f"[{entries}]", path="a.json", kind="automations-file")
    assert "json-syntax" not in rules(fixed.report)
    assert fixed.count == 12_000
    assert is_json(fixed.text)


def test_numbers_of_any_size() -> None:
    long = "9" * 10_000
    for number in (long, f"-{long}", f"1e{long}"):
        report = check_text(f'{{"statuses": [{{"statusVersion": {number}}}]}}', path="a.json")
        assert "json-syntax" not in rules(report)
        assert report.worst == Severity.ERROR


def test_the_editor_reads_it_as_json_too() -> None:
    view = View.of(FILE.replace("]", "],", 1), "a.json")
    assert [each.reference for each in view.document.automations] == ["a"]
    assert not view.stale


def test_standard_input_by_its_name() -> None:
    done = run("check", "--stdin-filename", "a.json", "-", stdin=b'{"tasks": {},}')
    assert done.returncode == 1
    assert b"a.json:1:13: error[json-syntax]" in done.stdout
    assert run("check", "--stdin-filename", "a.yaml", "-", stdin=b'{"tasks": {},}').returncode == 0
