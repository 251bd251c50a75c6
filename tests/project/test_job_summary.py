"""The summary of a job in GitHub Actions."""

import html
import json
from pathlib import Path
from typing import Any

import pytest

from scripts import job_summary
from tests.command import run
from validator import check_text

GITHUB = {
    "GITHUB_SERVER_URL": "https://example.org",
    "GITHUB_REPOSITORY": "us/shop",
    "GITHUB_SHA": "0123abc",
    "GITHUB_WORKSPACE": "",
}

NOTHING = dict.fromkeys(("files", "errors", "warnings", "hints", "known", "uncheckedScripts"), 0)
"""The summary of a run without files."""


def findings(**finding: Any) -> dict[str, Any]:
    """A file with a finding."""
    place = {"start": {"line": 7, "column": 5}, "end": {"line": 7, "column": 9}}
    one = {"rule": "a-rule", "severity": "error", "message": "", "place": place, "docs": ""}
    file = {"path": ".ona/config.yaml", "findings": [one | finding]}
    return {"files": [file], "summary": {**NOTHING, "files": 1, "errors": 1}}


def test_it_shows_what_the_command_reports() -> None:
    given = json.loads(run("check", "--format", "json", "fixtures/broken").stdout)
    text = job_summary.summary(given, GITHUB)
    assert "6 errors, 1 warning in 1 file." in text
    rows = [line for line in text.splitlines() if line.startswith("| ") and "place" not in line]
    assert len(rows) == 7
    start = "https://example.org/us/shop/blob/0123abc/fixtures/broken/.ona/automations.yaml#L7"
    assert f'<a href="{job_summary._inert(start)}">' in rows[1]
    assert "<code>ready</code> is not a field of a service" in rows[1]


def test_without_findings_it_says_so() -> None:
    given = json.loads(run("check", "--format", "json", "fixtures/clean").stdout)
    assert "\n\nNo findings in 1 file.\n" in job_summary.summary(given, {})
    empty = {"files": [], "summary": NOTHING}
    assert "There was no file to check." in job_summary.summary(empty, {})


@pytest.mark.parametrize(
    ("rules", "left"),
    [
        (None, "No findings in 1 file. 7 known findings not shown."),
        ("unknown-field", "4 errors, 1 warning in 1 file. 2 known findings not shown."),
    ],
)
def test_it_says_what_a_baseline_contains(tmp_path: Path, rules: str | None, left: str) -> None:
    baseline = str(tmp_path / "baseline.json")
    written = ["--select", rules] if rules else []
    run("check", "fixtures/broken", "--write-baseline", baseline, *written)
    done = run("check", "--format", "json", "fixtures/broken", "--baseline", baseline)
    text = job_summary.summary(json.loads(done.stdout), {})
    assert f"\n\n{left}\n" in text


def test_it_says_that_scripts_were_not_checked() -> None:
    given = findings()
    given["summary"]["uncheckedScripts"] = 1
    shown = job_summary.summary(given, {})
    assert "1 error in 1 file. Scripts not checked: shellcheck is not installed.\n" in shown


@pytest.mark.parametrize(
    "text",
    [
        "<img src=x onerror=alert(1)>",
        "`</code><script>`",
        "a | b\n| c | d |",
        "[x](https://evil.example) ![x](https://evil.example/x.png)",
        "@everyone #1 *b* _i_ ~~s~~ www.evil.example",
        "``` `x",
        "<!-- x",
    ],
)
def test_what_a_file_contains_is_only_text(text: str) -> None:
    cell = job_summary.plain(text)
    assert "\n" not in cell
    shown = cell.replace("<code>", "").replace("</code>", "")
    assert not {*shown} & {*"<>|[]()!@*_~`:."}
    # What a person sees is all that was there, but for the marks of code.
    assert html.unescape(shown).replace("`", "") == " ".join(text.split()).replace("`", "")


def test_a_path_is_only_text_too() -> None:
    given = findings()
    given["files"][0]["path"] = '.ona/"><b>|x/config.yaml'
    row = job_summary.summary(given, GITHUB).splitlines()[-1]
    assert "<b>" not in row
    assert row.count("|") == 5


def test_places_outside_the_repository_are_no_links() -> None:
    given = findings()
    given["files"][0]["path"] = "/elsewhere/config.yaml"
    assert "/blob/" not in job_summary.summary(given, GITHUB)
    assert "href" not in job_summary.summary(given, {})


def test_a_long_list_is_cut() -> None:
    given = findings()
    given["files"] *= job_summary.MOST + 3
    assert job_summary.summary(given, {}).count("a&#45;rule") == job_summary.MOST
    assert "And 3 more." in job_summary.summary(given, {})


def test_a_finding_without_a_place(tmp_path: Path) -> None:
    report = json.loads(run("check", "--format", "json", str(tmp_path / "none.yaml")).stdout)
    assert "❌ error" in job_summary.summary(report, {})
    assert check_text("").findings


def test_the_summary_can_be_switched_off(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "findings.json"
    path.write_text(json.dumps(findings()), encoding="utf-8")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(tmp_path / "summary"))
    monkeypatch.setenv("GITHUB_OUTPUT", str(tmp_path / "outputs"))
    for wanted in ("false", "true"):
        monkeypatch.setenv("SUMMARY", wanted)
        job_summary.main(str(path))
        assert (tmp_path / "summary").exists() == (wanted == "true")
    assert (tmp_path / "outputs").read_text().count("errors=1\n") == 2
