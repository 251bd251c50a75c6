"""The rules as they are listed, explained and documented."""

import json
import re
from pathlib import Path

from tests.checkout import ROOT
from tests.command import run
from validator import all_rules, check_text
from validator.describe import page_of_rule, plain

FOLDER = ROOT / "docs" / "rules"


def test_the_page_is_found_in_the_checkout() -> None:
    assert Path(page_of_rule("wrong-type")) == FOLDER / "wrong-type.md"


def test_every_rule_has_a_page_and_a_row() -> None:
    names = list(all_rules())
    assert sorted(path.stem for path in FOLDER.glob("*.md")) == sorted([*names, "index"])
    index = (FOLDER / "index.md").read_text(encoding="utf-8")
    assert re.findall(r"^\| \[(.*)\]\(\1\.md\) \|", index, re.MULTILINE) == names


def test_a_finding_leads_to_its_page() -> None:
    (finding,) = check_text("tasks: []").findings
    assert finding.docs == "docs/rules/wrong-type.md"


def test_a_wrong_example_shows_what_it_brings_about() -> None:
    for rule in all_rules().values():
        page = (FOLDER / f"{rule.name}.md").read_text(encoding="utf-8")
        assert (f" {rule.severity}[{rule.name}]: " in page) == bool(rule.bad)


def test_the_list_for_programs_has_them_all() -> None:
    content = json.loads(run("rules", "--format", "json").stdout)
    assert content["version"] == 1
    assert [rule["name"] for rule in content["rules"]] == list(all_rules())
    assert {len(rule) for rule in content["rules"]} == {9}


def test_every_rule_is_explained_on_lines_that_fit() -> None:
    for rule in all_rules().values():
        shown = plain(rule, 60)
        assert " ".join(rule.why.split()) in " ".join(shown.split())
        prose = shown.split("\n\nWrong:")[0]
        assert max(map(len, prose.splitlines())) <= 60
        assert "\x07" not in shown
