import os
import subprocess
import sys
from collections.abc import Iterator

import pytest

from validator import Config, Severity, Span, all_rules, check_text, pipeline
from validator.finding import Problem
from validator.model.automations import Document
from validator.report import MAX_SHOWN
from validator.rule import Rule

BAD = """\
tasks:
  a:
    name: A
    command: a
    dependsOn: [x, x]
"""


def rules(text: str | bytes, config: Config | None = None) -> list[str]:
    return [finding.rule for finding in check_text(text, config=config).findings]


def test_findings_are_in_the_order_of_their_places() -> None:
    found = rules(BAD)
    assert found == [
        "never-triggered",
        "unknown-dependency",
        "duplicate-dependency",
        "unknown-dependency",
    ]


def test_bytes_and_text_give_the_same() -> None:
    marked = check_text(b"\xef\xbb\xbf" + BAD.encode())
    assert marked.findings == check_text(BAD).findings == check_text("\ufeff" + BAD).findings


def test_the_report_says_what_was_checked() -> None:
    report = check_text(BAD, path="x.yaml")
    assert (report.path, report.kind, report.text.value) == ("x.yaml", "automations-file", BAD)
    assert report.worst == Severity.ERROR
    assert not report.ok
    assert report.count(Severity.ERROR) == 2
    assert check_text("").ok


def test_rules_can_be_selected_and_ignored() -> None:
    assert rules(BAD, Config(select=frozenset({"never-triggered"}))) == ["never-triggered"]
    assert "unknown-dependency" not in rules(BAD, Config(ignore=frozenset({"unknown-dependency"})))


def test_an_unknown_rule_is_refused() -> None:
    with pytest.raises(ValueError, match="no-such-rule"):
        Config(ignore=frozenset({"no-such-rule"}))


def test_an_unknown_kind_is_refused() -> None:
    with pytest.raises(ValueError, match="no-such-kind"):
        check_text("a: 1", kind="no-such-kind")


def test_a_crash_in_a_rule_is_a_finding_and_the_rest_goes_on(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def crash(_document: Document) -> Iterator[Problem]:
        yield Problem("never-triggered", "lost with the crash", Span(0, 0))
        raise KeyError("oops")

    broken = Rule("never-triggered", Severity.HINT, "checking", "s", "w", check=crash)
    real = all_rules()
    changed = {**real, "never-triggered": broken}
    monkeypatch.setattr(pipeline, "declared", changed.__getitem__)
    findings = check_text(BAD).findings
    assert [finding.rule for finding in findings] == [
        "internal-error",
        "unknown-dependency",
        "duplicate-dependency",
        "unknown-dependency",
    ]
    assert findings[0].message == "the rule `never-triggered` failed: KeyError: 'oops'"


def test_all_findings_are_reported_and_a_bounded_number_is_shown() -> None:
    text = "tasks:\n  a: {name: A, command: a, triggeredBy: [manual], dependsOn: [%s]}\n"
    report = check_text(text % ", ".join(f"x{number}" for number in range(1500)))
    assert (len(report.findings), report.count(Severity.ERROR)) == (1500, 1500)
    shown = report.cut()
    assert len(shown.findings) == MAX_SHOWN + 1
    assert (shown.findings[-1].rule, shown.findings[-1].message) == (
        "too-many-findings",
        "500 more findings are not shown",
    )
    assert (shown.counts, shown.worst) == (report.counts, report.worst)
    assert shown.cut() is shown
    assert check_text(BAD).cut().findings == check_text(BAD).findings


def hints(count: int, *needs: str) -> str:
    """A file with this number of services without `ready`, each of which is a hint."""
    names = [f"s{number}" for number in range(count)]
    services = "".join(f"  {name}: {{name: S, commands: {{start: s}}}}\n" for name in names)
    needed = ", ".join([*names, *needs])
    task = f"{{name: T, command: t, triggeredBy: [manual], dependsOn: [{needed}]}}"
    return f"services:\n{services}tasks:\n  last: {task}\n"


def test_of_too_many_findings_the_most_severe_are_shown() -> None:
    text = hints(MAX_SHOWN, "x")
    report = check_text(text).cut()
    assert not report.ok
    assert [(finding.rule, finding.severity) for finding in report.findings[-2:]] == [
        ("unknown-dependency", Severity.ERROR),
        ("too-many-findings", Severity.HINT),
    ]
    assert check_text(text.replace(", x]", "]")).ok


def test_what_keeps_a_document_from_being_checked_is_shown_first() -> None:
    keys = "".join(f"  t{n}: 1\n" for n in range(MAX_SHOWN + 10))
    report = check_text(f"tasks:\n{keys}  t0: 1\n").cut()
    assert [finding.rule for finding in report.findings[-2:]] == [
        "duplicate-key",
        "too-many-findings",
    ]


@pytest.mark.parametrize(
    ("stage", "what"),
    [
        ("reader.read", "the reader of the text"),
        ("conformance.check", "the check by the schema"),
        ("automations.build", "the check by the schema"),
    ],
)
def test_a_crash_in_an_early_stage_is_a_finding(
    monkeypatch: pytest.MonkeyPatch, stage: str, what: str
) -> None:
    def crash(*_: object) -> None:
        raise RecursionError("oops")

    monkeypatch.setattr(f"validator.pipeline.{stage}", crash)
    (finding,) = check_text(BAD).findings
    assert (finding.rule, finding.severity) == ("internal-error", Severity.ERROR)
    assert finding.message == f"{what} failed: RecursionError: oops"


def test_the_same_findings_come_first_in_every_process() -> None:
    """The order of Python's sets of strings differs between processes."""
    program = (
        "from validator import check_text\n"
        "text = 'tasks:\\n' + ''.join(f'  t{n}: 1\\n' for n in range(6000))\n"
        "print(*(finding.message for finding in check_text(text).findings), sep='\\n')\n"
    )
    outputs = {
        subprocess.run(
            [sys.executable, "-c", program],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for seed in "123"
    }
    (output,) = outputs
    assert output.startswith(b"the task `t0` must be")


def test_the_same_text_gives_the_same_report() -> None:
    assert check_text(BAD).findings == check_text(BAD).findings


def test_a_report_shows_what_it_holds() -> None:
    assert repr(check_text("tasks:\n")) == (
        "Report(path=None, kind='automations-file', findings=())"
    )
    assert "unknown-field" in repr(check_text("x: 1\n", path="a.yaml"))
