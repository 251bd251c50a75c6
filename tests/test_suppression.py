import re
from pathlib import Path

import pytest

from validator import Config, check_text
from validator.fixer import fix_text

TASK = "tasks:\n  a:{on_key}\n    name: A\n    command: x\n    dependsOn: [q]{on_entry}\n"
BOTH = ["never-triggered", "unknown-dependency"]

# Without an error, which could keep a rule from finding something.
SOUND = "tasks:\n  a:{on_key}\n    name: A\n    command: x{on_entry}\n"


def rules(text: str, config: Config | None = None) -> list[str]:
    return [finding.rule for finding in check_text(text, config=config).findings]


def task(on_key: str = "", on_entry: str = "") -> str:
    return TASK.format(on_key=on_key, on_entry=on_entry)


def sound(on_key: str = "", on_entry: str = "") -> str:
    return SOUND.format(on_key=on_key, on_entry=on_entry)


def ignore(names: str, verb: str = "ignore") -> str:
    return f"# automation-validator: {verb}[{names}]"


def test_without_a_comment() -> None:
    assert rules(task()) == BOTH


def test_at_the_end_of_the_line() -> None:
    text = task(on_key=f" {ignore('never-triggered')} it is started by a script")
    assert rules(text) == ["unknown-dependency"]
    assert check_text(text).suppressed == 1


def test_on_the_line_above_and_over_other_comments() -> None:
    text = task().replace("  a:", f"  {ignore('never-triggered')} why\n\n  # a\n  a:")
    assert rules(text) == ["unknown-dependency"]


def test_several_rules_in_one_comment() -> None:
    above = ignore("never-triggered, unknown-dependency")
    text = "tasks:\n" + above + "\n  a: {name: A, command: x, dependsOn: [q]}\n"
    assert rules(text) == []
    assert check_text(text).suppressed == 2


def test_a_whole_file() -> None:
    names = "never-triggered,unknown-dependency"
    text = f"# my file\n{ignore(names, 'ignore-file')}\n{task()}"
    assert rules(text) == []


def test_errors_of_the_contract_can_be_suppressed_too() -> None:
    text = f"tasks:\n  a: {{name: A, command: x, x: 1}} {ignore('unknown-field')}\n"
    assert "unknown-field" not in rules(text)


@pytest.mark.parametrize("line_break", ["\n", "\r\n", "\r"])
def test_whatever_ends_the_lines(line_break: str) -> None:
    text = task(on_entry=" " + ignore("unknown-dependency")).replace("\n", line_break)
    assert rules(text) == ["never-triggered"]


@pytest.mark.parametrize("scalar", ["|\n      {}\n      x", '"x {}"', "'x\n      {}'"])
def test_a_script_is_no_place_for_it(scalar: str) -> None:
    inside = ignore("unknown-dependency")
    text = task().replace("command: x", "command: " + scalar.format(inside))
    assert rules(text) == BOTH


def test_an_unused_one_is_a_finding_and_can_be_removed() -> None:
    text = sound(on_key=f" {ignore('duplicate-trigger')}", on_entry="  # keep")
    (finding,) = [each for each in check_text(text).findings if each.rule not in BOTH]
    assert finding.rule == "unused-suppression"
    assert finding.place is not None
    start, end = finding.place.start.offset, finding.place.end.offset
    assert text[start:end] == "duplicate-trigger"
    assert fix_text(text).text == sound(on_entry="  # keep")


def test_an_unused_one_on_its_own_line_goes_with_its_line() -> None:
    text = sound().replace("  a:", f"  {ignore('duplicate-trigger')}\n  a:")
    assert fix_text(text).text == sound()


@pytest.mark.parametrize(
    ("names", "left"),
    [
        ("duplicate-trigger, never-triggered", "never-triggered"),
        ("never-triggered, duplicate-trigger", "never-triggered"),
        ("never-triggered , duplicate-trigger, ready-missing", "never-triggered"),
    ],
)
def test_only_the_unused_name_is_removed(names: str, left: str) -> None:
    fixed = fix_text(sound(on_key=f" {ignore(names)} why"))
    assert fixed.text == sound(on_key=f" {ignore(left)} why")


def test_two_comments_for_one_finding_one_of_them_is_unused() -> None:
    text = sound(on_key=" " + ignore("never-triggered"))
    text = text.replace("  a:", f"  {ignore('never-triggered')}\n  a:")
    assert rules(text) == ["unused-suppression"]


def test_a_rule_that_is_not_used_in_this_run_may_be_named() -> None:
    text = task(on_key=f" {ignore('never-triggered')}")
    assert rules(text, Config(ignore=frozenset(BOTH))) == []


def test_a_misspelt_rule_is_a_finding_and_can_be_mended() -> None:
    text = task(on_key=f" {ignore('never-trigered')}")
    found = [each for each in check_text(text).findings if each.rule == "invalid-suppression"]
    assert [each.message for each in found] == [
        "unknown rule `never-trigered`; did you mean `never-triggered`?"
    ]
    assert fix_text(text).text == task(on_key=f" {ignore('never-triggered')}")


@pytest.mark.parametrize(
    "comment",
    [
        "# automation-validator: ignore",
        "# automation-validator: ignore[]",
        "# automation-validator: disable[never-triggered]",
        "# automation-validator: ignore-file",
        "# automation-validator: ignore-file[never-triggered]",
    ],
)
def test_one_that_can_not_work_is_a_finding(comment: str) -> None:
    assert rules(task(on_key=" " + comment)) == [
        "never-triggered",
        "invalid-suppression",
        "unknown-dependency",
    ]


def test_what_is_found_in_comments_can_be_left_out_by_configuration() -> None:
    text = task(on_key=" # automation-validator: ignore")
    config = Config(ignore=frozenset({"invalid-suppression"}))
    assert rules(text, config) == BOTH


def test_one_is_not_called_unused_while_an_error_may_keep_its_rule_from_concluding() -> None:
    text = (
        "tasks:\n"
        "  # automation-validator: ignore[never-triggered] a script starts it\n"
        "  nightly: {name: Nightly, command: make nightly}\n"
        "  build: {name: Build, command: make, triggeredBy: [MISTAKE]}\n"
    )
    for mistake in ("prebiuld", "1", "", "prebuild], [", "prebuild], dependsOn: [nigthly"):
        broken = text.replace("MISTAKE", mistake)
        for config in (Config(), Config(select=frozenset({"unused-suppression", "blank-value"}))):
            assert "unused-suppression" not in rules(broken, config)
            assert fix_text(broken, config=config).text.count("a script starts it") == 1


@pytest.mark.parametrize(
    "lines",
    [
        ("# automation-validator: ignore[start-detaches]", "start: |"),
        ("start: |  # automation-validator: ignore[start-detaches]",),
        ("start: |-  # automation-validator: ignore[start-detaches] it waits below",),
        ("start: # automation-validator: ignore[start-detaches]", "  |"),
        ("# automation-validator: ignore[start-detaches]", "", "# more", "start: &a |2"),
    ],
)
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_comment_at_the_key_is_about_a_whole_script(lines: tuple[str, ...], end: str) -> None:
    text = "services:\n  db:\n    name: DB\n    triggeredBy: [manual]\n    commands:\n"
    text += "".join(f"      {line}\n" for line in lines)
    text += "        cd data\n        docker compose up -d\n"
    text = text.replace("\n", end)
    assert rules(text.replace("automation-validator:", "")) == ["start-detaches"]
    assert rules(text) == []
    assert fix_text(text).text == text


def test_a_comment_above_a_plain_string_of_several_lines_is_about_all_of_it() -> None:
    text = (
        "services:\n  db:\n    name: DB\n    triggeredBy: [manual]\n    commands:\n"
        "      # automation-validator: ignore[start-detaches]\n"
        "      start:\n        cd data &&\n        docker compose up -d\n"
    )
    assert rules(text) == []


def test_the_example_of_the_docs_suppresses_what_it_names() -> None:
    page = (Path(__file__).parents[1] / "docs" / "guides" / "fixes.md").read_text(encoding="utf-8")
    (example,) = re.findall(r"^```yaml\n(.*?)^```$", page, re.MULTILINE | re.DOTALL)
    named = re.findall(r"automation-validator: ignore\[([a-z-]+)\]", example)
    report = check_text(example)
    assert len(named) > 1
    assert (report.findings, report.suppressed) == ((), len(named))
    assert rules(re.sub(" *# automation-validator.*", "", example)) == named


def test_what_is_text_to_yaml_is_no_comment() -> None:
    text = (
        "tasks:\n  a:\n    name: A\n    triggeredBy: [manual]\n    command: make\n"
        "      x#automation-validator:ignore[never-triggered] && make deploy\n"
    )
    assert rules(text) == []
    assert fix_text(text, unsafe=True).text == text


def test_a_comment_with_a_reason_is_removed_only_if_asked() -> None:
    text = "tasks: {}  # automation-validator: ignore[never-triggered] started by a script\n"
    assert rules(text) == ["unused-suppression"]
    assert fix_text(text).text == text
    assert fix_text(text, unsafe=True).text == "tasks: {}\n"
