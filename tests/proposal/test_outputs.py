"""Whole outputs: each repository in fixtures/init, and the file that is proposed for it."""

from __future__ import annotations

import pytest
import yaml

from tests import oracle
from tests.checkout import ROOT
from tests.expected_output import assert_snapshot
from validator import Config, check_text, propose
from validator.finding import Severity
from validator.shell.program import program

FOLDER = ROOT / "fixtures" / "init"
NAMES = sorted(path.name for path in FOLDER.iterdir())


@pytest.mark.parametrize("name", NAMES)
def test_the_whole_output(name: str) -> None:
    proposal = propose(FOLDER / name / "repository")
    assert_snapshot(proposal.file, FOLDER / name / "config.yaml")
    notes = "".join(f"{note}\n" for note in proposal.notes)
    assert_snapshot(notes, FOLDER / name / "notes.txt")


@pytest.mark.parametrize("name", NAMES)
def test_it_passes_our_check_and_is_accepted_by_the_platform(name: str) -> None:
    proposal = propose(FOLDER / name / "repository")
    config = Config(shellcheck="off" if program() is None else "on")
    found = check_text(proposal.file, kind="automations-file", config=config).findings
    # Nothing to propose is an empty file.
    found = tuple(each for each in found if each.rule != "empty-document")
    assert [each for each in found if each.severity >= Severity.WARNING] == []
    assert oracle.accepts("automations-file", yaml.safe_load(proposal.file))


def test_there_is_something_to_propose_for_all_but_one() -> None:
    empty = [name for name in NAMES if not propose(FOLDER / name / "repository").ok]
    assert empty == ["nothing"]
