"""What holds for the migration of any older file."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from tests import oracle
from tests.migration.found_again import missing_scripts
from tests.migration.generated_files import older_files
from validator import Severity, check_text
from validator.migration.migration import migrate_text


@settings(max_examples=300, deadline=None)
@given(older_files())
def test_a_migrated_file_is_accepted_and_nothing_is_lost(older: tuple[dict[str, Any], str]) -> None:
    content, text = older
    migration = migrate_text(text)
    assert not [each for each in migration.findings if each.severity is Severity.ERROR]
    assert migration.ok
    errors = [
        each
        for each in check_text(migration.file, kind="automations-file").findings
        if each.severity is Severity.ERROR
    ]
    assert errors == []
    assert oracle.accepts("automations-file", yaml.safe_load(migration.file))
    assert missing_scripts(content, migration) == []
    for comment in re.findall(r"(?m)^ *# ?(head|tail|first|about this file)$", text):
        assert comment in migration.file + migration.devcontainer
    if "needle" in text:
        assert "needle" in migration.file + migration.devcontainer
    if migration.devcontainer:
        json.loads(re.sub(r"(?m)^ *//.*$", "", migration.devcontainer))


@settings(max_examples=100, deadline=None)
@given(older_files())
def test_it_is_the_same_each_time_and_not_migrated_again(older: tuple[dict[str, Any], str]) -> None:
    migration = migrate_text(older[1])
    assert migrate_text(older[1])[:2] == migration[:2]
    again = migrate_text(migration.file)
    assert [each.rule for each in again.findings] == ["not-an-older-file"]


@settings(max_examples=200, deadline=None)
@given(older_files())
def test_findings_are_in_the_older_text_and_in_order(older: tuple[dict[str, Any], str]) -> None:
    migration = migrate_text(older[1])
    spans = [
        (each.place.start.offset, each.place.end.offset)
        for each in migration.findings
        if each.place is not None
    ]
    assert len(spans) == len(migration.findings)
    assert spans == sorted(spans)
    assert all(0 <= start <= end <= len(migration.report.text.value) for start, end in spans)


@settings(max_examples=200, deadline=None)
@given(st.one_of(st.text(max_size=200), st.binary(max_size=200)))
def test_any_text_gives_a_migration_or_an_error(text: str | bytes) -> None:
    migration = migrate_text(text)
    errors = [each.rule for each in migration.findings if each.severity is Severity.ERROR]
    assert "internal-error" not in errors
    assert migration.ok == (not errors)


@pytest.mark.parametrize("text", ["tasks:\n- init: a\n", "image: x\n"])
def test_carriage_returns_change_nothing(text: str) -> None:
    migration = migrate_text(text)
    assert migrate_text(text.replace("\n", "\r\n"))[:2] == migration[:2]
