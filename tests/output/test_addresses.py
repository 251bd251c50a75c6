"""Where outputs lead to: the pages of rules on the site, once it has an address."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

import click
import pytest
from click.testing import CliRunner

from tests.output.test_github import commands
from tests.reports import report, written
from validator import Report, addresses, all_rules, output
from validator.cli import rules
from validator.finding import Finding, Place, Position, Severity
from validator.parsing.text import Text

SITE = "https://docs.example/validator/"
PAGE = "https://docs.example/validator/rules/unknown-field/"
WIKI = "https://www.shellcheck.net/wiki/SC2086"


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(addresses, "SITE", SITE)


@pytest.fixture(autouse=True)
def no_site(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(addresses, "SITE", "")


def of_shellcheck() -> Report:
    place = Place(Position(1, 1, 0), Position(1, 2, 1))
    finding = Finding("shellcheck", Severity.WARNING, "Double quote it", place, code="SC2086")
    return Report("a.yaml", "automations-file", Text("$x"), (finding,))


def text_with_links(*reports: Report) -> str:
    pieces: list[str] = []
    writer = output.create("text", pieces.append, color=False, links=lambda: True, width=100)
    for each in reports:
        writer.report(each)
    return "".join(pieces)


def linked(text: str) -> list[tuple[str, str]]:
    return re.findall("\033]8;;([^\033]+)\033\\\\([^\033]*)\033]8;;\033\\\\", text)


@pytest.mark.usefixtures("site")
def test_the_address_of_a_page_has_one_slash_between_its_parts(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert addresses.rule_page("unknown-field") == PAGE
    monkeypatch.setattr(addresses, "SITE", SITE.rstrip("/"))
    assert addresses.rule_page("unknown-field") == PAGE


def test_there_is_no_page_without_a_site() -> None:
    assert addresses.rule_page("unknown-field") == ""


@pytest.mark.usefixtures("site")
def test_the_rule_is_a_hyperlink_in_text() -> None:
    shown = text_with_links(report())
    assert linked(shown) == [(PAGE, "unknown-field")]
    assert re.sub("\033]8;;[^\033]*\033\\\\", "", shown) in written("text", report())


@pytest.mark.usefixtures("site")
def test_text_has_no_hyperlinks_unless_asked_for() -> None:
    assert "\033" not in written("text", report())


def test_without_a_site_only_codes_of_shellcheck_are_hyperlinks() -> None:
    assert linked(text_with_links(report(), of_shellcheck())) == [(WIKI, "shellcheck")]


def docs_in_json(found: Report) -> str:
    docs: str = json.loads(written("json", found))["files"][0]["findings"][0]["docs"]
    return docs


def last_line_in_github(found: Report) -> str:
    (command, *_) = commands(written("github", found))
    return command[2].split("\n")[-1]


def description_in_gitlab(found: Report) -> str:
    (issue,) = json.loads(written("gitlab", found))
    description: str = issue["description"]
    return description


@pytest.mark.parametrize(
    ("shown", "before", "after"),
    [
        (docs_in_json, "docs/rules/unknown-field.md", PAGE),
        (
            last_line_in_github,
            "`comand` is not a field of a task; did you mean `command`?",
            PAGE,
        ),
        (
            description_in_gitlab,
            "`comand` is not a field of a task; did you mean `command`?",
            f"`comand` is not a field of a task; did you mean `command`? ({PAGE})",
        ),
    ],
)
def test_formats_lead_to_the_page(
    shown: Callable[[Report], str], before: str, after: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert shown(report()) == before
    monkeypatch.setattr(addresses, "SITE", SITE)
    assert shown(report()) == after


def test_formats_lead_to_the_page_of_a_code_of_shellcheck() -> None:
    assert docs_in_json(of_shellcheck()) == WIKI
    assert last_line_in_github(of_shellcheck()) == WIKI
    assert description_in_gitlab(of_shellcheck()) == f"Double quote it ({WIKI})"


def test_the_commands_on_rules_lead_to_the_page(monkeypatch: pytest.MonkeyPatch) -> None:
    def printed(command: click.Command, *arguments: str) -> str:
        return CliRunner().invoke(command, arguments).output

    assert "https" not in printed(rules.explain, "unknown-field")
    monkeypatch.setattr(addresses, "SITE", SITE)
    assert printed(rules.explain, "unknown-field").endswith(f"\n\n{PAGE}\n")
    listed = json.loads(printed(rules.rules, "--format", "json"))["rules"]
    assert [rule["docs"] for rule in listed if rule["name"] == "unknown-field"] == [PAGE]


def rules_in_sarif() -> dict[str, dict[str, Any]]:
    content = json.loads(written("sarif", report()))
    return {rule["id"]: rule for rule in content["runs"][0]["tool"]["driver"]["rules"]}


def test_sarif_has_an_address_of_each_rule_if_there_is_a_site(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert not any("helpUri" in rule for rule in rules_in_sarif().values())
    monkeypatch.setattr(addresses, "SITE", SITE)
    for name, rule in rules_in_sarif().items():
        assert rule["helpUri"] == f"{SITE}rules/{name}/"
        assert rule["help"]["text"].endswith(f"\n\n{rule['helpUri']}")
        assert rule["help"]["markdown"].endswith(f"\n\n<{rule['helpUri']}>")
        assert rule["properties"] == {"tags": [all_rules()[name].group]}
