"""The verdict counts all findings, however many are shown, selected, suppressed or known."""

import json
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.command import run_in
from tests.test_engine import hints
from tests.test_fix_properties import texts
from validator import Config, Report, Severity, check_object, check_text
from validator.baseline import read_baseline, write_baseline
from validator.cli.reports import Wanted, reports
from validator.configuration.configurations import Configurations
from validator.fixer import fix_text
from validator.parsing.text import MARKER
from validator.report import MAX_SHOWN
from validator.rules import BLOCKING, INDEX
from validator.search.search import Search

UNNAMED = 5_200
"""Services without a name, each an error."""

MANY = "services:\n" + "".join(f"  s{n}: {{role: default}}\n" for n in range(UNNAMED))
ONE_MORE = f"{MANY}  last: {{name: L, comands: {{start: x}}}}\n"
"""Many errors of one rule, followed by one of another."""

DUPLICATES = "tasks:\n" + "".join(
    f"  t{n}: {{name: T, command: t, triggeredBy: [manual, manual]}}\n" for n in range(16_000)
)

SELECTIONS = st.frozensets(st.sampled_from(sorted(INDEX)), max_size=8)

# Which findings it has depends on the enabled rules: see `suppression.apply`.
ABOUT_OTHERS = "unused-suppression"


def of(report: Report) -> Counter[tuple[str, Severity, str, str]]:
    """The findings of a report that do not depend on other findings."""
    return Counter(
        (each.rule, each.severity, each.message, each.pointer) for each in report.findings
    )


def keep(report: Report, used: frozenset[str]) -> Counter[tuple[str, Severity, str, str]]:
    return Counter({key: count for key, count in of(report).items() if key[0] in used | BLOCKING})


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "a.yaml").write_text(ONE_MORE)
    return tmp_path


# --- Many findings of one rule hide none of another -------------------------------------------


def test_what_is_selected_is_found_behind_many_others(folder: Path) -> None:
    done = run_in(folder, "check", "a.yaml", "--select", "unknown-field")
    assert b"a.yaml:5202:19: error[unknown-field]" in done.stdout
    assert done.stdout.endswith(b"Found 1 error in 1 file.\n[*] 1 fixable with `--fix`.\n")
    assert done.returncode == 1
    done = run_in(folder, "check", "a.yaml", "--ignore", "missing-field")
    assert done.stdout.count(b"error[unknown-field]") == 1
    assert done.returncode == 1


def test_what_is_not_suppressed_is_found_behind_many_others(folder: Path) -> None:
    (folder / "a.yaml").write_text(f"# {MARKER} ignore-file[missing-field]\n{ONE_MORE}")
    done = run_in(folder, "check", "a.yaml")
    assert b"a.yaml:5203:19: error[unknown-field]" in done.stdout
    assert done.returncode == 1


@pytest.mark.parametrize("format_", ["text", "json", "sarif", "github", "gitlab", "junit"])
def test_all_count_and_a_bounded_number_is_shown(folder: Path, format_: str) -> None:
    done = run_in(folder, "check", "a.yaml", "--format", format_)
    assert done.returncode == 1
    shown = done.stdout.decode()
    assert f"{UNNAMED + 1 - MAX_SHOWN:,} more findings are not shown" in shown
    # As text, a repeated finding is shown once, with ten of its other places.
    assert shown.count("which is required") == (1 if format_ == "text" else MAX_SHOWN)
    if format_ == "text":
        # The first finding, those places, and that of what is not shown.
        assert len(re.findall(r"\b\d+:3\b", shown)) == 1 + 10 + 1
        assert f"and {MAX_SHOWN - 1 - 10:,} more\n" in shown
    if format_ in ("text", "github", "junit"):
        assert f"{UNNAMED + 1:,} errors" in shown
    if format_ == "json":
        assert json.loads(shown)["summary"]["errors"] == UNNAMED + 1


def test_what_is_left_out_makes_a_run_fail_or_pass_as_it_is(folder: Path) -> None:
    (folder / "a.yaml").write_text(hints(MAX_SHOWN + 5))
    for fail_on, code in (("error", 0), ("warning", 0), ("hint", 1)):
        done = run_in(folder, "check", "a.yaml", "--format", "json", "--fail-on", fail_on)
        assert done.returncode == code
        assert json.loads(done.stdout)["summary"]["hints"] == MAX_SHOWN + 5


def test_a_baseline_knows_all_findings_and_compares_all(folder: Path) -> None:
    path = folder / "a.yaml"
    path.write_text(MANY)
    done = run_in(folder, "check", "a.yaml", "--write-baseline", "known.json")
    assert done.stderr == b"Wrote 5,200 findings to known.json.\n"
    check = ("check", "a.yaml", "--baseline", "known.json")
    done = run_in(folder, *check)
    assert (b"No findings" in done.stdout, done.returncode) == (True, 0)
    path.write_text(ONE_MORE)
    done = run_in(folder, *check)
    assert done.stdout.count(b"error[unknown-field]") == 1
    assert done.returncode == 1
    path.write_text(MANY + "".join(f"  n{n}: {{role: default}}\n" for n in range(4_100)))
    done = run_in(folder, *check)
    assert b"Found 4,100 errors (999 repeated) in 1 file" in done.stdout
    assert done.stdout.count(b"error[missing-field]") == 1
    assert done.returncode == 1


def test_a_baseline_is_compared_on_several_processes_too(folder: Path) -> None:
    path = folder / "a.yaml"
    path.write_text(MANY)
    run_in(folder, "check", "a.yaml", "--write-baseline", "known.json", "--jobs", "2")
    path.write_text(ONE_MORE)
    done = run_in(folder, "check", "a.yaml", "--baseline", "known.json", "--jobs", "2")
    assert b"Found 1 error in 1 file" in done.stdout
    assert done.returncode == 1


@pytest.mark.parametrize("whole", [False, True])
def test_several_processes_hand_over_what_is_shown(folder: Path, whole: bool) -> None:
    wanted = Wanted(Configurations(), None, None, 2, whole=whole)
    (report,) = reports(Search([str(folder / "a.yaml")]), wanted)
    assert report.counts.errors == UNNAMED + 1
    assert len(report.findings) == (UNNAMED + 1 if whole else MAX_SHOWN + 1)


def test_a_list_of_the_api_is_checked_to_its_end() -> None:
    task = {"id": "3f1c2a9e-5b7d-4c1a-9e0f-2d6b8a4c7e11", "spec": {"comand": "x"}}
    tasks = [{"id": f"x{n}"} for n in range(UNNAMED)]
    report = check_object({"tasks": [*tasks, task]}, "task-list")
    config = Config(select=frozenset({"unknown-field"}))
    (finding,) = check_object({"tasks": [*tasks, task]}, "task-list", config=config).findings
    assert finding.pointer == f"/tasks/{UNNAMED}/spec/comand"
    assert sum(each.rule == "invalid-format" for each in report.findings) == UNNAMED


# --- With any selection, suppression and baseline ---------------------------------------------


@settings(max_examples=200)
@given(texts(), SELECTIONS, st.booleans())
def test_a_selection_is_a_filter(text: str, names: frozenset[str], ignored: bool) -> None:
    config = Config(ignore=names) if ignored else Config(select=names)
    used = frozenset(INDEX) - names if ignored else names
    selected = check_text(text, config=config)
    assert keep(selected, used - {ABOUT_OTHERS}) == keep(check_text(text), used - {ABOUT_OTHERS})
    assert of(selected).keys() <= of(check_text(text)).keys()


def test_what_else_is_found_at_a_place_does_not_depend_on_the_selection() -> None:
    text = "tasks: {a: {name: A, command: a, triggeredBy: [manual], dependsOn: [n]}}\n"
    assert [each.rule for each in check_text(text).findings] == ["unknown-dependency"]
    assert not check_text(text, config=Config(select=frozenset({"ambiguous-value"}))).findings


@settings(max_examples=200)
@given(texts(), SELECTIONS)
def test_a_comment_for_the_file_is_a_filter(text: str, names: frozenset[str]) -> None:
    plain = check_text(text)
    comment = f"# {MARKER} ignore-file[{', '.join(sorted(names | {'never-triggered'}))}]\n"
    mark = "\ufeff" * text.startswith("\ufeff")
    commented = check_text(mark + comment + text.removeprefix("\ufeff"))
    used = frozenset(INDEX) - names - {"never-triggered", ABOUT_OTHERS, "invalid-suppression"}
    assert keep(commented, used) == keep(plain, used)


@settings(max_examples=100)
@given(before=texts(), after=texts())
def test_a_baseline_is_a_filter(
    tmp_path_factory: pytest.TempPathFactory, before: str, after: str
) -> None:
    """Of equal findings, as many are known as were in the baseline."""
    path = str(tmp_path_factory.mktemp("baseline") / "known.json")
    write_baseline(path, [check_text(before)])

    def left(text: str) -> Report:
        return read_baseline(path).new(check_text(text), lambda _: True)

    assert {each.rule for each in left(before).findings} <= BLOCKING
    found = left(after)
    assert len(found.findings) + found.known == len(check_text(after).findings)
    assert of(found) <= of(check_text(after))


@settings(max_examples=100)
@given(texts(), st.integers(1, 4))
def test_a_cut_changes_no_number(text: str, most: int) -> None:
    report = check_text(text)
    cut = report.cut(most)
    assert (cut.counts, cut.worst, cut.ok) == (report.counts, report.worst, report.ok)
    assert len(cut.findings) <= most + 1
    shown = [each for each in cut.findings if each.rule != "too-many-findings"]
    assert shown == [each for each in report.findings if each in shown]
    assert max((each.severity for each in cut.findings), default=None) == report.worst


# --- `--fix` continues until nothing is left ---------------------------------------------------


def test_all_of_many_fixes_are_made(folder: Path) -> None:
    (folder / "a.yaml").write_text(DUPLICATES)
    done = run_in(folder, "check", "a.yaml", "--fix", "--fail-on", "hint")
    assert done.stdout == b"No findings in 1 file. Fixed 16,000 findings.\n"
    assert done.returncode == 0
    assert (folder / "a.yaml").read_text() == DUPLICATES.replace("[manual, manual]", "[manual]")


def test_what_takes_too_long_is_said_and_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "tasks:\n  a:\n    name: A\n    command: a\n    triggers: [manual, manual]\n"
    whole = fix_text(text)
    assert (whole.report.findings, whole.count) == ((), 2)
    monkeypatch.setattr("validator.fixer.MOST_WORK", 0)
    fixed = fix_text(text, config=Config(select=frozenset({"unknown-field", "duplicate-trigger"})))
    assert fixed.text == text.replace("triggers", "triggeredBy")
    assert [each.rule for each in fixed.report.findings] == ["incomplete-fix", "duplicate-trigger"]
    assert not fixed.report.ok
    # The next run continues.
    assert fix_text(fixed.text).text == whole.text


def test_the_command_says_that_it_has_stopped(folder: Path) -> None:
    """Only warnings are left: without a message, the run would pass."""
    text = "tasks:\n" + "".join(
        f"  t{n}: {{name: T, command: t, triggered_by: [manual, manual]}}\n" for n in range(20)
    )
    (folder / "a.yaml").write_text(text)
    program = (
        "from validator import fixer\nfrom validator.editing import composition\n"
        "fixer.MOST_WORK = 0\n"
        "composition._fits = lambda _span, taken: not taken\n"
        "from validator.cli.main import main\nmain()"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, "check", "a.yaml", "--fix", "--format", "concise"],
        cwd=folder,
        capture_output=True,
        text=True,
    )
    assert done.stdout.startswith(
        "a.yaml:1:1: error[incomplete-fix] not all fixes were made: it takes too long; run "
        "`--fix` again, or fix some by hand\n"
    )
    assert "error" not in done.stdout.partition("\n")[2]
    assert done.returncode == 1
    assert (folder / "a.yaml").read_text() != text
