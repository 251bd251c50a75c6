"""The comment that is offered for a finding suppresses it, and nothing else."""

from collections import Counter
from pathlib import Path

import pytest

from validator import check_text
from validator.editing.composition import apply
from validator.parsing import reader
from validator.parsing.limits import Limits
from validator.parsing.text import Text
from validator.rules import MERGED
from validator.suppression import OUT_OF_REACH, NewComments

FIXTURES = Path(__file__).parents[1] / "fixtures" / "rules"
BAD = sorted(FIXTURES.glob("*/bad-*.yaml"))

SCRIPT = """\
services:
  db:
    name: Database
    commands:
      start: |
        echo start
        docker run -d postgres
    triggeredBy: [manual]
"""


def rules(text: str) -> Counter[str]:
    return Counter(finding.rule for finding in check_text(text).findings)


@pytest.mark.parametrize("path", BAD, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_of_every_bad_fixture(path: Path) -> None:
    text = path.read_bytes().decode("utf-8", "replace").removeprefix("\ufeff")
    report = check_text(text)
    root = reader.read(report.text.value, Limits()).root
    if root is None:
        return
    comments = NewComments(report.text, root)
    before = rules(text)
    for finding in report.findings:
        if finding.rule in OUT_OF_REACH:
            continue
        assert finding.place is not None
        edits = [
            comments.file(finding.rule),
            comments.line(finding.rule, finding.place.start.offset),
        ]
        for edit in filter(None, edits):
            after = rules(apply(report.text.value, [edit]))
            if finding.rule in MERGED and edit is edits[1]:
                # One finding for all of them: the others remain.
                assert after[finding.rule] <= before[finding.rule]
            else:
                assert after[finding.rule] < before[finding.rule]
            del after[finding.rule]
            assert after <= before


def test_a_line_inside_a_script_has_its_comment_above_the_script() -> None:
    at = SCRIPT.index("docker")
    root = reader.read(SCRIPT, Limits()).root
    assert root is not None
    comments = NewComments(Text(SCRIPT), root)
    edit = comments.line("start-detaches", at)
    assert edit is not None
    mended = apply(SCRIPT, [edit])
    assert "      # automation-validator: ignore[start-detaches]\n      start: |" in mended
    assert "start-detaches" not in rules(mended)
    assert "unused-suppression" not in rules(mended)
    mended = apply(SCRIPT, [comments.file("start-detaches")])
    assert mended.startswith("# automation-validator: ignore-file[start-detaches]\nservices:")
    assert "start-detaches" not in rules(mended)


def test_the_comment_has_the_indentation_and_the_line_break_of_its_line() -> None:
    text = "tasks:\r\n  a: {name: A, command: x}\r\n"
    root = reader.read(text, Limits()).root
    assert root is not None
    edit = NewComments(Text(text), root).line("never-triggered", text.index("a:"))
    assert edit is not None
    assert apply(text, [edit]) == text.replace(
        "  a:", "  # automation-validator: ignore[never-triggered]\r\n  a:"
    )
