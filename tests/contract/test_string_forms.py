"""The forms of strings that the schemas name as `format`."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from tests import schemas
from validator.contract.formats import format_of

WITHOUT = {"json-output.schema.json", "config.schema.json"}
"""Schemas that are not used to explain documents."""


def patterns() -> Iterator[dict[str, Any]]:
    def walk(value: Any) -> Iterator[dict[str, Any]]:
        if isinstance(value, dict):
            if isinstance(value.get("pattern"), str):
                yield value
            for name, each in value.items():
                if name != "examples":
                    yield from walk(each)
        elif isinstance(value, list):
            for each in value:
                yield from walk(each)

    for path in sorted(schemas.FOLDER.glob("*.json")):
        if path.name not in WITHOUT:
            yield from walk(json.loads(path.read_text(encoding="utf-8")))


def test_each_pattern_has_a_name() -> None:
    found = list(patterns())
    assert len(found) >= 9
    assert {format_of(each).name for each in found if "format" in each} == {
        *("64-bit number", "URL", "UUID", "duration", "number", "output key", "reference"),
        *("timestamp", "whole number"),
    }
    assert [each["title"] for each in found if "format" not in each] == []


@pytest.mark.parametrize("extra", [{}, {"format": "hostname"}])
def test_a_pattern_without_a_name_that_we_know_has_advice_too(extra: dict[str, str]) -> None:
    form = format_of({"title": "Icon", "pattern": "^[a-z]+$", **extra})
    assert (form.rule, form.name) == ("invalid-format", "icon")
    assert form.advice("X") == "it must match `^[a-z]+$`"
    assert form.mend("X") is None
