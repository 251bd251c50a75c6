"""Comments that are added for all findings of a text suppress them, and change nothing else."""

from collections import Counter
from pathlib import Path

import pytest

from validator import Config, check_text
from validator.parsing.text import decode
from validator.report import Report
from validator.suppression import OUT_OF_REACH
from validator.suppressor import suppress, suppressible

FIXTURES = Path(__file__).parents[1] / "fixtures"
BAD = sorted(
    path
    for folder in ("rules/*", "broken/.ona", "hostile")
    for path in FIXTURES.glob(f"{folder}/*.y*ml")
)


def rules(report: Report) -> Counter[str]:
    return Counter(each.rule for each in report.findings)


@pytest.mark.parametrize("path", BAD, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_of_every_fixture(path: Path) -> None:
    text, problem = decode(path.read_bytes())
    if problem is not None:
        pytest.skip("is not text")
    name = path.name
    before = check_text(text, path=name)
    done = suppress(text, "known since 2024", path=name)
    assert suppressible(done.report.findings) == ()
    assert done.count >= len(suppressible(before.findings))
    # What no comment suppresses stays as it was, and no comment is without effect.
    kept = {rule: n for rule, n in rules(before).items() if rule in OUT_OF_REACH}
    assert dict(rules(done.report)) == {r: n for r, n in kept.items() if r in rules(done.report)}
    lines = done.text.splitlines()
    added = [each for each in lines if each.endswith("] known since 2024")]
    assert [each for each in lines if each not in added] == text.splitlines()
    assert bool(added) == bool(done.count)
    assert suppress(done.text, path=name).text == done.text


FILE = """\
tasks:\r
  a:\r
    name: A\r
    comand: x\r
    command: |\r
      docker run -d x\r
      cd $1\r
    triggeredBy: [manual, manual]\r
    dependsOn: [a, b]\r
"""


def test_comments_are_combined_and_have_the_line_breaks_of_the_file() -> None:
    done = suppress(FILE, "legacy", path="a.yaml", config=Config(shellcheck="off"))
    assert done.count == 4
    added = set(done.text.split("\r\n")) - set(FILE.split("\r\n"))
    assert added == {
        "    # automation-validator: ignore[unknown-field] legacy",
        "    # automation-validator: ignore[duplicate-trigger] legacy",
        "    # automation-validator: ignore[self-dependency, unknown-dependency] legacy",
    }
    assert check_text(done.text, path="a.yaml", config=Config(shellcheck="off")).findings == ()


def test_only_selected_rules_are_suppressed() -> None:
    config = Config(select=frozenset({"self-dependency"}))
    done = suppress(FILE, path="a.yaml", config=config)
    assert done.count == 1
    added = set(done.text.splitlines()) - set(FILE.splitlines())
    assert added == {"    # automation-validator: ignore[self-dependency]"}


def test_a_byte_order_mark_is_kept() -> None:
    done = suppress("\ufeff" + FILE, path="a.yaml")
    assert done.text.startswith("\ufefftasks:")


def test_json_gets_no_comments() -> None:
    text = '{"tasks": {"a": {"comand": "x"}}}'
    done = suppress(text, path="a.json")
    assert (done.text, done.count) == (text, 0)
    assert suppressible(done.report.findings) != ()
