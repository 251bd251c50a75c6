"""How the platform's YAML readers read unquoted values, compared with this project's claims.

The table contains the results of `gopkg.in/yaml.v2` 2.4.0 and `gopkg.in/yaml.v3` 3.0.1.
"""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from yaml.nodes import ScalarNode
from yaml.resolver import Resolver

from validator import Report, check_text
from validator.fixer import fix_text
from validator.parsing.limits import Limits
from validator.parsing.nodes import KINDS
from validator.parsing.reader import read
from validator.parsing.yaml import kind_of
from validator.parsing.yaml_readers import go_number, is_doubtful

NUMBERS = ("integer", "number")

# The value; its kind in PyYAML, in yaml.v2 and in yaml.v3.
READINGS = [
    ("1e3", "string", "number", "number"),
    ("1E3", "string", "number", "number"),
    ("1e+3", "string", "number", "number"),
    ("1.5e3", "string", "number", "number"),
    (".5e3", "string", "number", "number"),
    ("5319e7", "string", "number", "number"),
    ("08", "string", "number", "number"),
    ("09", "string", "number", "number"),
    ("+08", "string", "number", "number"),
    ("0o17", "string", "integer", "integer"),
    ("0O17", "string", "integer", "integer"),
    ("-0o17", "string", "integer", "integer"),
    ("0X1F", "string", "integer", "integer"),
    ("-0X1f", "string", "integer", "integer"),
    ("0B1", "string", "integer", "integer"),
    ("-.5", "string", "number", "number"),
    ("+.5", "string", "number", "number"),
    ("-_5", "string", "integer", "integer"),
    ("1_e3", "string", "number", "number"),
    ("08_1", "string", "number", "number"),
    ("0x_1F", "integer", "integer", "integer"),
    ("y", "string", "boolean", "string"),
    ("Y", "string", "boolean", "string"),
    ("n", "string", "boolean", "string"),
    ("N", "string", "boolean", "string"),
    ("yes", "boolean", "boolean", "string"),
    ("YES", "boolean", "boolean", "string"),
    ("Yes", "boolean", "boolean", "string"),
    ("no", "boolean", "boolean", "string"),
    ("No", "boolean", "boolean", "string"),
    ("off", "boolean", "boolean", "string"),
    ("Off", "boolean", "boolean", "string"),
    ("on", "boolean", "boolean", "string"),
    ("ON", "boolean", "boolean", "string"),
    ("yEs", "string", "string", "string"),
    ("true", "boolean", "boolean", "boolean"),
    ("True", "boolean", "boolean", "boolean"),
    ("TRUE", "boolean", "boolean", "boolean"),
    ("2001-1-2", "string", "string", "timestamp"),
    ("2001-1-2T3:4:5Z", "string", "string", "timestamp"),
    ("2001-13-1", "string", "string", "string"),
    ("2001-01-02", "timestamp", "string", "timestamp"),
    ("1:30", "integer", "string", "string"),
    ("0777", "integer", "integer", "integer"),
    ("0b12", "string", "string", "string"),
    ("0o8", "string", "string", "string"),
    ("0o", "string", "string", "string"),
    ("0x", "string", "string", "string"),
    ("0b", "string", "string", "string"),
    ("1e", "string", "string", "string"),
    ("1e400", "string", "string", "string"),
    ("0xFFFFFFFFFFFFFFFFFF", "integer", "string", "string"),
    ("0XFFFFFFFFFFFFFFFFF", "string", "string", "string"),
    ("0X8000000000000000", "string", "integer", "integer"),
    ("-0X8000000000000000", "string", "integer", "integer"),
    ("-0X8000000000000001", "string", "string", "string"),
    ("1.2.3", "string", "string", "string"),
    ("./x", "string", "string", "string"),
    ("-x", "string", "string", "string"),
    (".", "string", "string", "string"),
    ("._5", "string", "string", "string"),
    (".Infinity", "string", "string", "string"),
    ("infinity", "string", "string", "string"),
    ("nan", "string", "string", "string"),
    ("+", "string", "string", "string"),
    ("1-2", "string", "string", "string"),
    ("12a", "string", "string", "string"),
    ("~", "null", "null", "null"),
    ("Null", "null", "null", "null"),
    ("nULL", "string", "string", "string"),
    ("=", "string", "string", "string"),
    ("v1", "string", "string", "string"),
]


def to_pyyaml(text: str) -> str:
    resolver = Resolver()
    return KINDS[resolver.resolve(ScalarNode, text, (True, False))]  # type: ignore[no-untyped-call]


@pytest.mark.parametrize(("text", "pyyaml", "v2", "v3"), READINGS)
def test_a_value_is_what_its_readers_agree_on(text: str, pyyaml: str, v2: str, v3: str) -> None:
    assert to_pyyaml(text) == pyyaml
    if pyyaml == "string" and v2 in NUMBERS:
        assert v3 == v2
        assert kind_of(text) in NUMBERS
    else:
        assert kind_of(text) == pyyaml


@pytest.mark.parametrize(("text", "pyyaml", "v2", "v3"), READINGS)
def test_a_value_on_which_the_readers_of_the_platform_disagree(
    text: str, pyyaml: str, v2: str, v3: str
) -> None:
    if pyyaml in ("string", "boolean"):
        # A number or a date in PyYAML is an error where a string belongs anyway.
        assert is_doubtful(text) is (v2 != v3 or text == "=")


@settings(max_examples=1000, deadline=None)
@given(st.text("0123456789_+-.eExXoObB", min_size=1, max_size=10))
def test_only_what_go_takes_for_a_number_differs_from_pyyaml(text: str) -> None:
    pyyaml = to_pyyaml(text)
    assert kind_of(text) == (pyyaml if pyyaml != "string" else go_number(text) or "string")


@pytest.mark.parametrize("text", ["1" * 401, "1e" + "9" * 5_000_000, "0o" + "7" * 5_000_000])
def test_numbers_without_end_take_no_time(text: str) -> None:
    assert go_number(text) is None


def rules(report: Report) -> list[str]:
    return [f"{finding.severity} {finding.rule}" for finding in report.findings]


def task(name: str = "A", extra: str = "") -> str:
    return f"tasks: {{a: {{name: {name}, command: x, triggeredBy: [prebuild]{extra}}}}}\n"


@pytest.mark.parametrize(
    "value", ["1e3", "0o17", "08", "0X1F", "-.5", "5319e7", "+.5", "1E3", "0o755", "09"]
)
def test_a_number_where_text_belongs(value: str) -> None:
    report = check_text(task(value))
    assert rules(report) == ["error wrong-type"]
    message = f'`name` must be a string, not a number (`{value}`); put it in quotes: "{value}"'
    assert report.findings[0].message == message
    assert fix_text(task(value)).text == task(f'"{value}"')
    for quote in "\"'":
        assert rules(check_text(task(f"{quote}{value}{quote}"))) == []
    assert rules(check_text(task(f"!!str {value}"))) == []
    assert rules(check_text(task(f"{value}x"))) == []


def test_a_reference_that_is_a_number() -> None:
    for reference in ("1e3", "5319e7", "08", "0o17"):
        text = f"tasks: {{{reference}: {{name: A, command: x, triggeredBy: [manual]}}}}\n"
        assert rules(check_text(text)) == ["error invalid-reference"]
        assert rules(check_text(text.replace(reference, f"'{reference}'"))) == []


@pytest.mark.parametrize("value", ["y", "Y", "n", "N", "=", "2001-1-2", "2001-1-2T3:4:5Z"])
def test_text_that_some_readers_take_for_something_else(value: str) -> None:
    report = check_text(task(value))
    assert rules(report) == ["warning ambiguous-value"]
    assert report.findings[0].message.endswith(f'; put it in quotes: "{value}"')
    assert report.findings[0].pointer == "/tasks/a/name"
    assert fix_text(task(value)).text == task(f'"{value}"')


@pytest.mark.parametrize(
    ("value", "meant"),
    [("yes", "true"), ("No", "false"), ("ON", "true"), ("off", "false"), ("!!bool yes", "true")],
)
def test_booleans_that_some_readers_take_for_text(value: str, meant: str) -> None:
    text = task(extra=f", prebuildRequiresSuccess: {value}")
    report = check_text(text)
    assert rules(report) == ["warning ambiguous-value"]
    shown = value.removeprefix("!!bool ")
    message = f"some YAML readers read `{shown}` as a string; write `{meant}`"
    assert report.findings[0].message == message
    assert fix_text(text).text == text.replace(shown, meant)


@pytest.mark.parametrize("value", ["true", "True", "TRUE", "false", "False", "!!bool true"])
def test_booleans_to_every_reader(value: str) -> None:
    assert rules(check_text(task(extra=f", prebuildRequiresSuccess: {value}"))) == []


def test_one_mistake_is_one_finding() -> None:
    """A value that is wrong anyway is not reported as ambiguous as well."""
    assert rules(check_text(task("yes"))) == ["error wrong-type"]
    assert rules(check_text(task(extra=", runsOn: y"))) == ["error wrong-type"]
    assert rules(check_text(task(extra=", nmae: y"))) == ["error unknown-field"]
    assert rules(check_text(task(extra=", dependsOn: [n]"))) == ["error unknown-dependency"]
    assert rules(check_text(task(extra=", prebuildRequiresSuccess: y"))) == ["error wrong-type"]


def test_a_value_at_an_anchor_is_found_once() -> None:
    text = "tasks: {a: {name: &n y, command: *n, triggeredBy: [manual]}}\n"
    assert rules(check_text(text)) == ["warning ambiguous-value"]


def test_json_has_no_doubtful_values() -> None:
    text = '{"tasks": {"y": {"name": "n", "command": "1e3", "triggeredBy": ["manual"]}}}'
    for path in (None, "a.json", "a.yaml"):
        assert rules(check_text(text, path=path)) == []


# Rejected by both readers of the platform, but not by PyYAML.

REJECTED = [
    (task('"a\\/b"'), "\\/", task('"a/b"')),
    (task('"\\\\\\/"'), "\\/", task('"\\\\/"')),
    (task('"\\/\\/"'), "\\/", task('"//"')),
    (task("Ready?"), "Ready?", task('"Ready?"')),
    (task("a ? b"), "a ? b", task('"a ? b"')),
    (
        task("A", ", runsOn: {docker: {image: x, environment: [U=http://x/?a=1]}}"),
        "U=http://x/?a=1",
        task("A", ', runsOn: {docker: {image: x, environment: ["U=http://x/?a=1"]}}'),
    ),
    ("%YAML 1.2\n---\n" + task(), "%YAML 1.2", "---\n" + task()),
    ("# c\r\n%YAML 1.2 # d\r\n---\r\n" + task(), "%YAML 1.2 # d", "# c\r\n---\r\n" + task()),
    (task('"\\ud83d\\ude00"'), "\\ud83d\\ude00", task('"\\U0001F600"')),
]


@pytest.mark.parametrize(("text", "marked", "fixed"), REJECTED, ids=[each[0] for each in REJECTED])
def test_what_the_platform_can_not_read(text: str, marked: str, fixed: str) -> None:
    report = check_text(text, path="a.yaml")
    assert rules(report) == ["error yaml-syntax"]
    place = report.findings[0].place
    assert place is not None
    assert text[place.start.offset : place.end.offset] == marked
    after = fix_text(text, path="a.yaml")
    assert (after.text, rules(after.report)) == (fixed, [])


@pytest.mark.parametrize(
    "text",
    [
        task('"a\\\\/b"'),
        task("'a\\/b'"),
        task('"Ready?"'),
        task("'a ? b'"),
        "tasks:\n  a:\n    name: Ready?\n    command: curl x?y\n    triggeredBy: [manual]\n",
        "%YAML 1.1\n---\n" + task(),
        "# %YAML 1.2\n---\n" + task(),
        task() + "# a\\/b?\n",
        task('"\\U0001F600"'),
    ],
)
def test_what_the_platform_can_read(text: str) -> None:
    assert rules(check_text(text, path="a.yaml")) == []


def test_a_template_with_a_question_mark_is_one_mistake() -> None:
    assert rules(check_text(task("{{ x? }}"))) == ["error yaml-syntax"]


@pytest.mark.parametrize("escape", ["\\ud83d", "\\uDE00", "\\ud83dx", "\\U00110000", "\\UFFFFFFFF"])
def test_an_escape_that_is_no_character(escape: str) -> None:
    report = check_text(task(f'"a{escape}"'), path="a.yaml")
    assert rules(report) == ["error yaml-syntax"]
    assert report.findings[0].message.endswith("is not a character; remove it")


@pytest.mark.parametrize("end", ["\n", "\r\n", "\u2028\n"])
def test_a_byte_order_mark_in_the_midst(end: str) -> None:
    text = f"a: 1{end}\ufeff# c\nb: 1\n"
    (problem,) = read(text, Limits()).problems
    assert (problem.rule, text[slice(*problem.span)]) == ("encoding", "\ufeff")
    assert read('a: "x\n\ufeffy"\n', Limits()).problems == ()


def test_a_lone_mark_for_a_tag() -> None:
    assert rules(check_text(task("! Build"))) == []
    for value in ("! 5", '! "5"', "! yes", "! ~", "! 1e3"):
        assert rules(check_text(task(value))) == ["error unsupported-tag"], value


def test_an_anchor_that_is_given_again() -> None:
    text = "a: &x 1\nb: [&x two, &y 3]\nk: *x\n"
    (problem,) = read(text, Limits()).problems
    assert (problem.rule, problem.span) == ("duplicate-anchor", (12, 14))
    assert [note.span for note in problem.notes] == [(3, 5)]
