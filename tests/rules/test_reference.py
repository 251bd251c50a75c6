"""The rules as they are listed, explained and documented."""

import json
import re
from pathlib import Path

import pytest

from tests.checkout import ROOT
from tests.command import run
from validator import Config, all_rules, check_text, schemas
from validator.describe import page_of_rule, plain
from validator.rule import GROUPS
from validator.rules import INDEX, in_groups
from validator.suppression import OUT_OF_REACH

FOLDER = ROOT / "docs" / "rules"


def test_the_page_is_found_in_the_checkout() -> None:
    assert Path(page_of_rule("wrong-type")) == FOLDER / "wrong-type.md"


def test_every_rule_has_a_page_and_a_row() -> None:
    names = list(all_rules())
    assert sorted(path.stem for path in FOLDER.glob("*.md")) == sorted([*names, "index"])
    index = (FOLDER / "index.md").read_text(encoding="utf-8")
    tables = {
        section.partition("\n")[0].lower(): re.findall(
            r"^\| \[(.*)\]\(\1\.md\) \|", section, re.MULTILINE
        )
        for section in re.split(r"^## ", index, flags=re.MULTILINE)[1:]
    }
    assert list(tables) == list(GROUPS)
    assert {group: [rule.name for rule in rules] for group, rules in in_groups().items()} == tables
    assert sorted(name for rows in tables.values() for name in rows) == names


def test_every_rule_is_in_one_group_and_no_rule_is_named_like_a_group() -> None:
    assert all(in_groups().values())
    assert {rule.group for rule in all_rules().values()} == GROUPS.keys()
    assert not GROUPS.keys() & INDEX.keys()


def test_a_page_says_how_to_ignore_the_rule_if_that_is_possible() -> None:
    for name, rule in all_rules().items():
        page = (FOLDER / f"{name}.md").read_text(encoding="utf-8")
        assert (f"`# automation-validator: ignore[{name}]`" in page) == (name not in OUT_OF_REACH)
        assert (f'`ignore = ["{name}"]`' in page) == (
            not rule.blocking and not rule.optional and rule.ignored_by != "nothing"
        )


def test_the_fix_of_a_wrong_example_is_shown() -> None:
    for name, rule in all_rules().items():
        config = Config(severity={name: rule.severity})
        found = check_text(rule.bad, path=rule.file, config=config).findings if rule.bad else ()
        fixable = any(each.rule == name and each.fix(unsafe=True) for each in found)
        page = (FOLDER / f"{name}.md").read_text(encoding="utf-8")
        # The fixes of shellcheck's findings are only there where it is installed.
        if name != "shellcheck":
            assert ("\n```diff\n" in page) == fixable, name


def test_the_playground_is_linked_for_rules_with_an_example() -> None:
    for name, rule in all_rules().items():
        page = (FOLDER / f"{name}.md").read_text(encoding="utf-8")
        assert (f"(../../playground/#rule={name})" in page) == bool(rule.bad)
        assert "playground" not in plain(rule)


def test_the_settings_of_a_rule_are_in_the_configuration() -> None:
    for rule in all_rules().values():
        for setting in rule.settings:
            schema = schemas.of_kind("config")
            for step in setting.split("."):
                schema = schemas.Schema(schema.file, schemas.fields(schema)[step])


def test_a_finding_leads_to_its_page() -> None:
    (finding,) = check_text("tasks: []").findings
    assert finding.docs == "docs/rules/wrong-type.md"


def test_a_wrong_example_shows_what_it_brings_about() -> None:
    for rule in all_rules().values():
        page = (FOLDER / f"{rule.name}.md").read_text(encoding="utf-8")
        assert (f" {rule.severity}[{rule.name}]: " in page) == bool(rule.bad)


@pytest.mark.parametrize(
    ("words", "rule"),
    [
        ("circular dependency", "dependency-cycle"),
        ("duplicate name", "duplicate-reference"),
        ("typo", "unknown-field"),
        ("typo", "unknown-dependency"),
        ("prebuild fails", "prebuild-success-without-prebuild"),
        ("misspelt", "unknown-field"),
    ],
)
def test_a_page_has_the_words_by_which_people_look_for_it(words: str, rule: str) -> None:
    page = (FOLDER / f"{rule}.md").read_text(encoding="utf-8")
    assert words in " ".join(page.split())


def test_the_list_for_programs_has_them_all() -> None:
    content = json.loads(run("rules", "--format", "json").stdout)
    assert content["version"] == 1
    assert [rule["name"] for rule in content["rules"]] == list(all_rules())
    assert {len(rule) for rule in content["rules"]} == {12}
    assert [group["name"] for group in content["groups"]] == list(GROUPS)
    assert {rule["group"] for rule in content["rules"]} == set(GROUPS)


def test_every_rule_is_explained_on_lines_that_fit() -> None:
    for rule in all_rules().values():
        shown = plain(rule, 60)
        assert " ".join(rule.why.split()) in " ".join(shown.split())
        prose = shown.split("\n\nWrong:")[0]
        assert max(map(len, prose.splitlines())) <= 60
        assert "\x07" not in shown
