"""`docs/reference/models.md` and the table for Python agree with the schemas and the rules."""

from __future__ import annotations

import re

from scripts.models_page import FILE_MODELS, MODELS, PAGE, ROOT, rules_of, table
from validator import all_rules, schemas
from validator.api.rules import all_checks

FILE_PAGE = ROOT / "docs" / "reference" / "workflow-file.md"
PYTHON_PAGE = ROOT / "docs" / "guides" / "python.md"
# The systems of the platform's page on shared models.
SHARED = [
    *("AutomationTrigger", "EnvironmentClass", "Task", "TaskExecution", "TaskExecutionMetadata"),
    *("TaskExecutionSpec", "TaskExecutionStatus", "TaskMetadata", "TaskSpec"),
]


def test_the_page_on_python_has_the_table() -> None:
    assert PYTHON_PAGE.read_text(encoding="utf-8").count(table()) == 1


def test_every_shared_model_has_a_section() -> None:
    headings = re.findall(r"^## (.*)$", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    assert headings == ["Documents", *MODELS]
    assert set(SHARED) <= set(headings)


def test_every_rule_is_about_a_model() -> None:
    found = {rule for model in MODELS | FILE_MODELS for rule in rules_of(model)}
    assert found == set(all_checks()) <= set(all_rules())


def test_every_field_of_a_model_is_in_its_section() -> None:
    text = PAGE.read_text(encoding="utf-8") + FILE_PAGE.read_text(encoding="utf-8")
    sections = re.split(r"^## ", text, flags=re.MULTILINE)
    by_model = {section.partition("\n")[0]: section for section in sections}
    for model, place in (MODELS | FILE_MODELS).items():
        for name in schemas.fields(schemas.Schema("", {"$ref": place})):
            assert f"| `{name}` |" in by_model[model], (model, name)
