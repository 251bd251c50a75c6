"""The comparison with other tools is what they find now."""

from __future__ import annotations

import importlib.util
import re
import sys

import pytest

from scripts import comparison
from tests.optional import needs

pytestmark = [
    needs("the package yamllint", importlib.util.find_spec("yamllint")),
    needs("Python 3.11", sys.version_info >= (3, 11)),
]


def test_the_page_shows_what_each_tool_finds() -> None:
    """The table; the wording of other tools may differ between their versions."""
    text = comparison.PAGE.read_text(encoding="utf-8")
    table = re.findall(r"^\|.*$", text, re.MULTILINE)
    assert len(table) == 2 + len(comparison.MISTAKES)
    now = re.findall(r"^\|.*$", comparison.page(text), re.MULTILINE)
    assert now == table, "run `python -m scripts.comparison`"


def test_this_project_finds_all_mistakes_in_one_run() -> None:
    found, output = comparison.own()
    assert found == comparison.MISTAKES.keys()
    assert len(output.splitlines()) == len(found)


def test_the_contract_is_asked_until_it_accepts_the_file() -> None:
    runs, messages = comparison.contract()
    assert len(runs) == len(messages) == 3
    assert runs[0] == {"ready"}


@pytest.mark.parametrize("word", comparison.MISTAKES)
def test_each_mistake_is_in_the_file(word: str) -> None:
    assert word in (comparison.ROOT / comparison.FILE).read_text(encoding="utf-8")
