"""The rules as they are listed, explained and documented."""

import json
import re
from pathlib import Path

from tests.checkout import ROOT
from tests.command import run
from validator import all_rules, check_text
from validator.describe import page_of_rules, plain

PAGE = ROOT / "docs" / "rules.md"


def test_the_page_is_found_in_the_checkout() -> None:
    assert Path(page_of_rules()) == PAGE


def test_a_finding_leads_to_its_section() -> None:
    headings = re.findall(r"^## (.*)$", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    assert headings == list(all_rules())
    (finding,) = check_text("tasks: []").findings
    assert finding.docs == "docs/rules.md#wrong-type"


def test_a_wrong_example_shows_what_it_brings_about() -> None:
    page = PAGE.read_text(encoding="utf-8")
    for rule in all_rules().values():
        section = page.split(f"\n## {rule.name}\n")[1].split("\n## ")[0]
        assert (f" {rule.severity}[{rule.name}]: " in section) == bool(rule.bad)


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
