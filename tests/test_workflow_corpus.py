"""Real files of AI automations: the same verdict as the platform's, and no false alarm."""

from __future__ import annotations

import pytest
import yaml

from tests import oracle, schemas
from tests.corpus import WORKFLOWS, needs_workflows, verdicts
from validator import Severity, check_file

NAMES = sorted(verdicts(WORKFLOWS))


@needs_workflows
def test_there_are_files() -> None:
    assert len(NAMES) >= 14


@needs_workflows
@pytest.mark.parametrize("name", NAMES)
def test_a_real_file_has_the_verdict_of_the_platform(name: str) -> None:
    path = WORKFLOWS / name
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    accepted = verdicts(WORKFLOWS)[name]
    assert oracle.accepts("workflow-file", data) is accepted
    assert schemas.accepts("workflow-file", data) is accepted
    report = check_file(path)
    assert report.kind == "workflow-file"
    assert any(each.severity == Severity.ERROR for each in report.findings) is not accepted


@needs_workflows
@pytest.mark.parametrize("name", [name for name in NAMES if verdicts(WORKFLOWS)[name]])
def test_a_file_that_works_has_no_findings(name: str) -> None:
    assert check_file(WORKFLOWS / name).findings == ()
