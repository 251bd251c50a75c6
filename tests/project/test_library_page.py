"""`docs/reference/library.md` has all public names, and its examples run."""

from __future__ import annotations

import ast
import re
from collections import Counter
from importlib import import_module

import pytest

import validator
from scripts.library_page import GROUPS, example
from tests.checkout import ROOT

PAGE = (ROOT / "docs" / "reference" / "library.md").read_text(encoding="utf-8")
FILES = sorted((ROOT / "fixtures" / "library").glob("*.py"))


def test_every_public_name_has_one_section() -> None:
    named = [name for group in GROUPS if group.module == "validator" for name in group.names]
    assert sorted(named) == sorted(validator.__all__)
    headings = Counter(re.findall(r"^### (\w+)$", PAGE, re.MULTILINE))
    assert headings == Counter(name for group in GROUPS for name in group.names)


@pytest.mark.parametrize(
    "module", ["validator.model.plan", "validator.model.plan_change", "validator.model.graph"]
)
def test_every_public_function_of_a_module_that_is_stable_is_there(module: str) -> None:
    (group,) = (group for group in GROUPS if group.module == module)
    file = import_module(module).__file__
    assert file is not None
    with open(file, encoding="utf-8") as stream:
        body = ast.parse(stream.read()).body
    defined = {
        node.name
        for node in body
        if isinstance(node, (ast.ClassDef, ast.FunctionDef)) and not node.name.startswith("_")
    }
    # `label` is for the outputs of the command.
    assert set(group.names) == defined - {"label"}


def test_every_example_is_shown() -> None:
    shown = [group.example for group in GROUPS if group.example]
    assert sorted(shown) == [path.stem for path in FILES]


@pytest.mark.parametrize("name", [path.stem for path in FILES])
def test_an_example_prints_what_the_page_says(name: str) -> None:
    code, printed = example(name)
    assert printed
    assert f"\n```python\n{code}```\n\nprints\n\n```text\n{printed}```\n" in PAGE


def test_what_is_raised_is_a_paragraph_of_its_own() -> None:
    section = PAGE.split("\n### check_object\n")[1].split("\n### ")[0]
    assert "\n\n**Raises** TypeError for values" in section
