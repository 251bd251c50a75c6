"""`docs/reference/automations-file.md` agrees with the schema and the rules."""

from __future__ import annotations

import re

import pytest

from scripts import fields
from scripts.automations_file_page import SECTIONS, Section, page, rules_of
from tests.checkout import ROOT
from validator import all_rules, check_text

PAGE = (ROOT / "docs" / "reference" / "automations-file.md").read_text(encoding="utf-8")


def of(title: str) -> Section:
    (found,) = (each for each in SECTIONS if each.title == title)
    return found


def test_it_begins_with_an_example_that_has_no_findings() -> None:
    first = re.search(r"```yaml\n(.*?)```", PAGE, re.DOTALL)
    assert first is not None
    report = check_text(first[1])
    assert (report.kind, report.findings) == ("automations-file", ())


def test_every_field_has_a_heading_in_the_order_of_the_schema() -> None:
    headings = re.findall(r"^### (.*): `(.*)`$", PAGE, re.MULTILINE)
    assert headings == [
        (section.title, name) for section in SECTIONS for name in fields.names(section.schema)
    ]


def test_the_other_spelling_of_a_field_is_named() -> None:
    sections = dict(re.findall(r"^### (.*)\n((?:(?!#).*\n)*)", PAGE, re.MULTILINE))
    assert "| also spelled | `depends_on`," in sections["Task: `dependsOn`"]
    assert "also spelled" not in sections["Task: `command`"]
    assert "| default | `false` |" in sections["Task: `prebuildRequiresSuccess`"]


@pytest.mark.parametrize(
    ("title", "name", "some", "none"),
    [
        ("Task", "dependsOn", {"unknown-dependency", "wrong-type"}, {"missing-field"}),
        ("Task", "name", {"missing-field", "blank-value"}, {"unknown-dependency"}),
        ("Commands", "ready", {"ready-loops", "shellcheck"}, {"start-detaches"}),
        ("Docker container", "image", {"missing-field"}, {"shellcheck"}),
        ("Service", "readinessTimeout", {"invalid-duration"}, {"invalid-value"}),
    ],
)
def test_the_rules_of_a_field(title: str, name: str, some: set[str], none: set[str]) -> None:
    found = rules_of(of(title), name)
    assert some <= found
    assert not none & found


def test_every_rule_on_fields_of_the_file_is_named() -> None:
    """All that have an example of such a file, and are not about its syntax."""
    about = {"references", "triggers", "services", "scripts", "security", "structure"}
    for rule in all_rules().values():
        if rule.bad and rule.group in about:
            kind = check_text(rule.bad, path=rule.file).kind
            if kind == "automations-file":
                assert f"](../rules/{rule.name}.md)" in PAGE, rule.name


def test_a_page_is_made_the_same_each_time() -> None:
    assert page() == page() == PAGE
