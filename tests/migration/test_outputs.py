"""Whole outputs: each older file in fixtures/migration, and what it becomes."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from tests import oracle
from tests.checkout import ROOT
from tests.expected_output import assert_snapshot
from tests.migration.found_again import missing_scripts
from validator import check_text, output
from validator.migration.migration import Migration, migrate_text

FOLDER = ROOT / "fixtures" / "migration"
NAMES = sorted(path.name for path in FOLDER.iterdir())


def migrated(name: str) -> tuple[str, Migration]:
    text = (FOLDER / name / ".gitpod.yml").read_text(encoding="utf-8")
    return text, migrate_text(text, path=".gitpod.yml")


def findings_of(migration: Migration) -> str:
    pieces: list[str] = []
    output.create("text", pieces.append, color=False, width=100).report(migration.report)
    return "".join(pieces)


@pytest.mark.parametrize("name", NAMES)
def test_the_whole_output(name: str) -> None:
    _, migration = migrated(name)
    folder: Path = FOLDER / name
    assert_snapshot(migration.file, folder / "automations.yaml")
    assert_snapshot(migration.devcontainer, folder / "devcontainer.json")
    assert_snapshot(findings_of(migration), folder / "findings.txt")


@pytest.mark.parametrize("name", NAMES)
def test_it_is_accepted_and_nothing_is_lost(name: str) -> None:
    text, migration = migrated(name)
    assert check_text(migration.file, kind="automations-file").ok
    assert oracle.accepts("automations-file", yaml.safe_load(migration.file))
    assert missing_scripts(yaml.safe_load(text), migration) == []
