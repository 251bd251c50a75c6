"""The rules on executions and the file of their tasks.

A rule has a folder `fixtures/timeline/rules/NAME` with executions of the tasks of
`fixtures/timeline/rules/automations.yaml`: `good-*`, which agree with it, and `bad-*`, which have
the findings in `bad-*.expected`, as in `tests/rules/test_rules.py`.
"""

from pathlib import Path

import pytest

from tests.checkout import ROOT
from tests.expected_output import assert_snapshot
from tests.plans import document
from tests.rules.test_rules import lines
from validator import check_text
from validator.api.timeline import RULES
from validator.cli.execution_source import read
from validator.cli.plan_executions import compared
from validator.configuration.config import Config
from validator.report import Report
from validator.rules import declared

FOLDER = ROOT / "fixtures" / "timeline" / "rules"
FILE = FOLDER / "automations.yaml"
GOOD = sorted(FOLDER.glob("*/good-*.yaml"))
BAD = sorted(FOLDER.glob("*/bad-*.yaml"))

# What the rules have in common: a step in the same group is in no order, and may be early.
ALSO = {"bad-together.yaml": {"plan-mismatch"}}


def name_of(path: Path) -> str:
    return path.relative_to(FOLDER).as_posix()


def checked(path: Path) -> Report:
    (source,) = read((str(path),), output="-", isolated=True)
    assert source.report.findings == ()
    _, (report,) = compared([source], document(FILE.read_text(encoding="utf-8")))
    return report


def test_the_file_is_right() -> None:
    assert check_text(FILE.read_bytes(), config=Config(ignore=frozenset({"never-triggered"}))).ok


@pytest.mark.parametrize("path", GOOD, ids=name_of)
def test_good_fixture(path: Path) -> None:
    assert list(lines(checked(path))) == []


@pytest.mark.parametrize("path", BAD, ids=name_of)
def test_bad_fixture(path: Path) -> None:
    report = checked(path)
    assert_snapshot("".join(f"{line}\n" for line in lines(report)), path.with_suffix(".expected"))
    rules = {finding.rule for finding in report.findings}
    assert rules == {path.parent.name, *ALSO.get(path.name, ())}


@pytest.mark.parametrize("name", RULES)
def test_rule_has_fixtures(name: str) -> None:
    assert [path for path in GOOD if path.parent.name == name]
    assert len([path for path in BAD if path.parent.name == name]) > 1
    assert declared(name).ignored_by == "configuration"


def test_every_fixture_is_used() -> None:
    files = {path for path in FOLDER.rglob("*") if path.is_file()}
    assert files == {*GOOD, *BAD, *(path.with_suffix(".expected") for path in BAD), FILE}
    assert {path.name for path in FOLDER.iterdir() if path.is_dir()} == set(RULES)
