"""The tables for other formats: each entry is found in a document, with its advice."""

from __future__ import annotations

import json
import textwrap

import pytest
import yaml

from tests.oracle import accepts
from validator import check_text, schemas
from validator.api.workflow_examples import example as workflow_example
from validator.contract import other_formats
from validator.contract.other_formats import folded
from validator.fixer import fix_text
from validator.model.automations import TRIGGERS

ROLES = ("service", "task")
SERVICE = {"name": "Web", "commands": {"start": "npm start"}, "triggeredBy": ["manual"]}
TASK = {"name": "Build", "command": "make", "triggeredBy": ["manual"]}
FILE = "automations-file.schema.json"
FIELDS = {role: schemas.fields(schemas.at(FILE, f"/definitions/{role}")) for role in ROLES}


def document(role: str, item: dict[str, object]) -> str:
    return yaml.safe_dump({f"{role}s": {"a": item}}, sort_keys=False)


def test_the_words_are_folded() -> None:
    tables = (
        other_formats.COLLECTIONS,
        other_formats.DOUBTFUL,
        other_formats.ITEM_FIELDS,
        other_formats.NO_TRIGGERS,
        other_formats.SYNONYMS,
        other_formats.TRIGGERS,
    )
    for table in tables:
        assert [word for word in table if folded(word) != word] == []


def test_a_word_has_one_meaning() -> None:
    assert not other_formats.TRIGGERS.keys() & other_formats.NO_TRIGGERS.keys()
    assert not other_formats.SYNONYMS.keys() & other_formats.ITEM_FIELDS.keys()
    assert set(other_formats.TRIGGERS.values()) <= set(TRIGGERS)
    own = {folded(field) for fields in FIELDS.values() for field in fields}
    assert not own & (other_formats.SYNONYMS.keys() - {"dependson"})
    assert not own & other_formats.ITEM_FIELDS.keys()
    assert not {folded(name) for name in TRIGGERS} & other_formats.TRIGGERS.keys()


@pytest.mark.parametrize("name", sorted(other_formats.TOP_FIELDS))
def test_a_field_at_the_top(name: str) -> None:
    field = other_formats.TOP_FIELDS[name]
    text = yaml.safe_dump({name: {"a": 1}, "tasks": {"a": TASK}}, sort_keys=False)
    (finding,) = check_text(text).findings
    assert finding.message == f"`{name}` is not a field of an automations file; {field.advice}"
    assert [fix.safe for fix in finding.fixes] == ([False] if field.can_go else [])
    fixed = fix_text(text, unsafe=True)
    assert accepts("automations-file", yaml.safe_load(fixed.text)) == field.can_go


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("name", sorted(other_formats.ITEM_FIELDS))
def test_a_field_of_an_item(name: str, role: str) -> None:
    field = other_formats.ITEM_FIELDS[name]
    text = document(role, {**(SERVICE if role == "service" else TASK), name: "x"})
    (finding,) = check_text(text).findings
    assert finding.message == f"`{name}` is not a field of a {role}; {field.advice}"
    assert [fix.safe for fix in finding.fixes] == ([False] if field.can_go else [])


@pytest.mark.parametrize("word", sorted(other_formats.TRIGGERS))
@pytest.mark.parametrize("form", ["{}", "{{event: {}}}", "{{{}: {{}}}}"])
def test_a_trigger(word: str, form: str) -> None:
    meant = other_formats.TRIGGERS[word]
    text = f"tasks:\n  a:\n    name: A\n    command: a\n    triggeredBy: [{form.format(word)}]\n"
    (finding,) = [each for each in check_text(text).findings if each.rule != "never-triggered"]
    assert f"`{meant}`" in finding.message
    # It is also a typo, by one letter.
    safe = (word, form) == ("prebuilds", "{}")
    assert [(fix.title, fix.safe) for fix in finding.fixes] == [(f"Write `{meant}`", safe)]
    fixed = yaml.safe_load(fix_text(text, unsafe=True).text)
    assert fixed["tasks"]["a"]["triggeredBy"] == [meant]


@pytest.mark.parametrize("word", sorted(other_formats.NO_TRIGGERS))
@pytest.mark.parametrize("form", ["{}", "{{on: {}}}", "{{{}: x}}"])
def test_a_trigger_that_there_is_not(word: str, form: str) -> None:
    text = f"tasks: {{a: {{name: A, command: a, triggeredBy: [manual, {form.format(word)}]}}}}\n"
    (finding,) = check_text(text).findings
    assert other_formats.NO_TRIGGERS[word] in finding.message
    assert finding.fixes == ()


@pytest.mark.parametrize("names", [names for names, _ in other_formats.OTHER_FILES])
def test_a_file_of_another_format_has_one_finding(names: tuple[str, ...]) -> None:
    text = json.dumps({"tags": [1], **dict.fromkeys(names, "x")})
    (finding,) = check_text(text, kind="automations-file").findings
    assert finding.rule == "other-format"
    assert len(finding.related) == len(names)


@pytest.mark.parametrize("wrapper", ["automation", "spec"])
def test_a_wrapped_automation_is_one_mistake(wrapper: str) -> None:
    text = workflow_example()
    wrapped = f"# Runs at night.\n{wrapper}:\n{textwrap.indent(text, '  ')}"
    (finding,) = check_text(wrapped, kind="workflow-file").findings
    assert (finding.rule, finding.pointer) == ("unknown-field", f"/{wrapper}")
    assert finding.message == (
        f"`{wrapper}` is not a field of an automation; `name`, `triggers` and `action` belong at "
        "the top level, without it"
    )
    fixed = fix_text(wrapped, kind="workflow-file", unsafe=True)
    assert fixed.text == f"# Runs at night.\n{text}"
