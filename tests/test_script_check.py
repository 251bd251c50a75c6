"""shellcheck's comments on the scripts of a document, and what is said where they are missing."""

import json
import re
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.command import run, run_in
from tests.corpus import FOLDER, needs_corpus, verdicts
from tests.optional import needs_shellcheck
from validator import Config, Severity, check_text
from validator.contract.scripts import scripts
from validator.editing.composition import apply
from validator.finding import Edit, Span
from validator.fixer import fix_text
from validator.parsing import reader
from validator.parsing.limits import Limits
from validator.script_check import shared_checker
from validator.shell.shellcheck import Comment, Script, ShellcheckError

ON = Config(shellcheck="on")
TASK = "tasks:\n  t:\n    name: T\n    triggeredBy: [manual]\n    command: {}\n"
UNQUOTED = TASK.format("ls $FILES")


class Fake:
    """A checker with the same answer for all scripts."""

    def __init__(self, answer: tuple[Comment, ...] | ShellcheckError | None) -> None:
        self.answer = answer
        self.asked: list[Script] = []

    def check(self, scripts: Sequence[Script]) -> list[tuple[Comment, ...] | None]:
        self.asked += scripts
        if isinstance(self.answer, ShellcheckError):
            raise self.answer
        return [self.answer for _ in scripts]


def found(text: str, config: Config = ON, scripts: Fake | None = None) -> list[str]:
    report = check_text(text, config=config, scripts=scripts)
    shown = []
    for finding in report.findings:
        assert finding.place is not None
        place = report.text.value[finding.place.start.offset : finding.place.end.offset]
        shown.append(f"{finding.severity}[{finding.name}] {place}")
    return shown


@needs_shellcheck
def test_the_library_runs_nothing_unasked() -> None:
    assert found(UNQUOTED, Config()) == []
    assert found(UNQUOTED, Config(shellcheck="off")) == []
    assert found(UNQUOTED, Config(shellcheck="auto")) == ["hint[SC2086] $FILES"]


@needs_shellcheck
def test_a_comment_has_its_code_page_and_fix() -> None:
    (finding,) = check_text(UNQUOTED, config=ON).findings
    assert (finding.rule, finding.code) == ("shellcheck", "SC2086")
    assert finding.message.endswith("word splitting (SC2086)")
    assert finding.docs == "https://www.shellcheck.net/wiki/SC2086"
    assert finding.pointer == "/tasks/t/command"
    assert [fix.safe for fix in finding.fixes] == [False]
    assert fix_text(UNQUOTED, config=ON).count == 0
    assert fix_text(UNQUOTED, config=ON, unsafe=True).text == TASK.format('ls "$FILES"')


@needs_shellcheck
@pytest.mark.parametrize(
    ("config", "expected"),
    [
        (Config(shellcheck="on", ignore=frozenset({"SC2086"})), []),
        (Config(shellcheck="on", ignore=frozenset({"shellcheck"})), []),
        (Config(shellcheck="on", select=frozenset({"never-triggered"})), []),
        (
            Config(shellcheck="on", severity={"shellcheck": Severity.ERROR}),
            ["error[SC2086] $FILES"],
        ),
    ],
)
def test_the_configuration_has_the_last_word(config: Config, expected: list[str]) -> None:
    assert found(UNQUOTED, config) == expected


@needs_shellcheck
@pytest.mark.parametrize("name", ["SC2086", "shellcheck"])
def test_a_comment_is_suppressed_by_its_code_or_its_rule(name: str) -> None:
    text = TASK.format(f"ls $FILES  # automation-validator: ignore[{name}]")
    assert check_text(text, config=ON).suppressed == 1
    assert found(text) == []
    # Where shellcheck is not run, nobody knows whether the comment is needed.
    assert found(text, Config()) == []
    unused = TASK.format(f"ls  # automation-validator: ignore[{name}]")
    assert found(unused) == [f"warning[unused-suppression] {name}"]
    assert found(unused, Config()) == []


@pytest.mark.parametrize("answer", [None, ShellcheckError("it took too long")])
def test_a_comment_is_left_alone_if_a_script_could_not_be_checked(
    answer: ShellcheckError | None,
) -> None:
    unused = TASK.format("ls  # automation-validator: ignore[SC2086, shellcheck]")
    assert found(unused, Config(shellcheck="auto"), Fake(answer)) == ["hint[unchecked-script] ls"]
    assert len(found(unused, Config(shellcheck="auto"), Fake(()))) == 2


def test_only_codes_of_four_digits_are_names() -> None:
    text = TASK.format("ls  # automation-validator: ignore[SC20861]")
    assert found(text, Config()) == ["warning[invalid-suppression] SC20861"]


@needs_shellcheck
def test_scripts_of_the_api_are_checked_too() -> None:
    task = {"id": "3f1c2a9e-5b7d-4c1a-9e0f-2d6b8a4c7e11", "spec": {"command": 'ls $A "\t" \u00e9'}}
    assert found(json.dumps(task)) == ["hint[SC2086] $A"]


def test_a_script_that_is_too_long_is_reported_at_its_first_line() -> None:
    text = TASK.format("|\n      make\n      make test")
    assert found(text, scripts=Fake(None)) == ["hint[unchecked-script] make"]


def test_a_program_that_fails_is_reported() -> None:
    fake = Fake(ShellcheckError("it took too long"))
    assert found(UNQUOTED, Config(shellcheck="auto"), fake) == ["hint[unchecked-script] ls $FILES"]
    assert found(UNQUOTED, ON, fake) == ["error[unchecked-script] ls $FILES"]
    (finding,) = check_text(UNQUOTED, config=ON, scripts=fake).findings
    assert finding.message == "the scripts are not checked: it took too long"


def test_a_program_that_is_missing_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("validator.shell.program.program", lambda: None)
    monkeypatch.setattr("validator.script_check.shared_checker", lambda: None)
    report = check_text(UNQUOTED, config=Config(shellcheck="auto"))
    assert (report.findings, report.unchecked_scripts) == ((), True)
    assert not check_text("tasks: {}\n", config=Config(shellcheck="auto")).unchecked_scripts
    assert not check_text(UNQUOTED, config=Config()).unchecked_scripts
    (finding,) = check_text(UNQUOTED, config=ON).findings
    assert finding.severity is Severity.ERROR
    assert finding.message == "the scripts are not checked: shellcheck is not installed"


def test_nothing_is_run_for_rules_that_are_not_wanted() -> None:
    fake = Fake(None)
    config = Config(shellcheck="on", select=frozenset({"never-triggered"}))
    report = check_text(UNQUOTED, config=config, scripts=fake)
    assert (fake.asked, report.unchecked_scripts) == ([], False)


def test_the_shell_is_set_or_named_by_the_script() -> None:
    fake = Fake(())
    text = TASK.format("|\n      #!/bin/sh\n      ls") + TASK.format("make")[6:].replace("t:", "u:")
    found(text, Config(shellcheck="on", shell="sh"), fake)
    found(text, ON, fake)
    assert [script.dialect for script in fake.asked] == ["sh", "sh", "sh", "bash"]


def comment(start: int, end: int, new: str) -> Comment:
    return Comment(2086, "info", "Quote it.", Span(start, end), (Edit(Span(start, end), new),))


@pytest.mark.parametrize(
    ("scalar", "start", "end", "new", "expected"),
    [
        ("ls $A", 3, 5, '"$A"', 'ls "$A"'),
        ("'ls $A'", 3, 5, "'$A'", "'ls ''$A'''"),
        ('"ls $A"', 3, 5, '"\\$A"', '"ls \\"\\\\$A\\""'),
        # At its beginning, a quote would make another scalar of it.
        ("$A b", 0, 2, '"$A"', None),
        ("ls $A", 3, 5, "$A # x", None),
        ("ls $A", 3, 5, "a: b", None),
        ("|\n      ls $A\n", 3, 5, "a: #b", "|\n      ls a: #b\n"),
        ("|\n      ls $A\n", 3, 5, "a\nb", None),
    ],
)
def test_a_fix_is_written_as_its_scalar_needs_it(
    scalar: str, start: int, end: int, new: str, expected: str | None
) -> None:
    text = TASK.format(scalar)
    fake = Fake((comment(start, end, new),))
    fixes = check_text(text, config=ON, scripts=fake).findings[0].fixes
    if expected is None:
        assert fixes == ()
    else:
        assert apply(text, list(fixes[0].edits)) == TASK.format(expected)


@needs_shellcheck
@pytest.mark.parametrize(
    ("scalar", "script"),
    [
        ('"ls $A\n\n      rm -r build"', 'ls "$A"\nrm -r build'),
        ("ls $A   \n      && pwd", 'ls "$A" && pwd'),
        (">\n      ls\n      $A\n      b", 'ls "$A" b\n'),
        # shellcheck's own fix is wrong.
        ("x=`dirname \\`which java\\``", "x=`dirname \\`which java\\``"),
    ],
)
def test_a_fix_changes_nothing_else_of_the_script(scalar: str, script: str) -> None:
    fixed = fix_text(TASK.format(scalar), config=ON, unsafe=True).text
    root = reader.read(fixed, Limits()).root
    assert root is not None
    assert [node.text for _, node in scripts(root, "automations-file")] == [script]


@needs_corpus
@needs_shellcheck
def test_places_in_real_files_are_those_in_the_bare_script() -> None:
    checker = shared_checker()
    assert checker is not None
    compared = fixed = 0
    for name in verdicts():
        text = (FOLDER / name).read_bytes().decode("utf-8-sig")
        root = reader.read(text, Limits(), name).root
        if root is None:
            continue
        config = Config(shellcheck="on", select=frozenset({"shellcheck"}))
        findings = check_text(text, kind="automations-file", config=config).findings
        for pointer, node in scripts(root, "automations-file"):
            (comments,) = checker.check([Script(node.text)])
            here = [each for each in findings if each.pointer == pointer]
            assert len(here) == len(comments or ())
            for finding, said in zip(here, comments or (), strict=True):
                assert finding.place is not None
                shown = text[finding.place.start.offset : finding.place.end.offset]
                bare = node.text[said.span.start : said.span.end]
                # The lines of a script are indented in the file.
                assert re.sub(r"\s+", " ", shown) == re.sub(r"\s+", " ", bare)
                compared += 1
                for fix in finding.fixes:
                    after = reader.read(apply(text, list(fix.edits)), Limits(), name).root
                    assert after is not None
                    new = dict(scripts(after, "automations-file"))[pointer]
                    assert new.text == apply(node.text, list(said.fix))
                    fixed += 1
    assert compared > 20
    assert fixed > 5


@needs_shellcheck
def test_the_command_checks_scripts_if_it_can(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(UNQUOTED)
    done = run_in(tmp_path, "check", "a.yaml", "--format", "concise")
    assert done.stdout == (
        b"a.yaml:5:17: hint[shellcheck] Double quote to prevent globbing and word splitting "
        b"(SC2086)\n"
    )
    for options in (["--shellcheck", "off"], ["--ignore", "SC2086"], ["--ignore=shellcheck"]):
        done = run_in(tmp_path, "check", "a.yaml", "--format", "concise", *options)
        assert (done.returncode, done.stdout) == (0, b"")
    (tmp_path / "automation-validator.toml").write_text('shellcheck = "off"\n')
    assert run_in(tmp_path, "check", "a.yaml", "--format", "concise").stdout == b""
    done = run_in(tmp_path, "check", "a.yaml", "--format", "json", "--shellcheck", "on")
    (finding,) = json.loads(done.stdout)["files"][0]["findings"]
    assert finding["code"] == "SC2086"
    done = run_in(tmp_path, "check", "a.yaml", "--select", "SC2086")
    assert done.returncode == 2


def test_the_command_says_once_that_scripts_were_not_checked(tmp_path: Path) -> None:
    program = (
        "import validator.shell.program as module\nmodule.program = lambda: None\n"
        "from validator.cli.main import main\nmain()"
    )
    for name in ("a.yaml", "b.yaml"):
        (tmp_path / name).write_text(UNQUOTED)
    (tmp_path / "program.py").write_text(program)

    def check(*options: str) -> "subprocess.CompletedProcess[str]":
        command = [sys.executable, "program.py", "check", "a.yaml", "b.yaml", *options]
        return subprocess.run(command, cwd=tmp_path, capture_output=True, text=True)

    done = check()
    assert done.returncode == 0
    assert (
        done.stdout == "No findings in 2 files. Scripts not checked: shellcheck is not installed.\n"
    )
    assert json.loads(check("--format", "json").stdout)["summary"]["uncheckedScripts"] == 2
    done = check("--shellcheck", "on")
    assert done.returncode == 2
    assert "install it, for example by `pip install 'automation-validator[shell]'`" in done.stderr
    (tmp_path / "automation-validator.toml").write_text('shellcheck = "on"\n')
    assert check().returncode == 2
    assert check("--isolated").returncode == 0


def test_the_option_is_explained() -> None:
    assert b"--shellcheck [auto|on|off]" in run("check", "--help").stdout
