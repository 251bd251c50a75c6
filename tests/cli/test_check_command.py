"""The command `check`: its whole output, and its exit codes."""

import json
import os
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest
from click.testing import CliRunner

from tests.checkout import ROOT
from tests.command import check_output, run
from tests.reports import written
from validator import check_file, check_object, check_status_history, check_text, schemas
from validator.cli import COMMANDS
from validator.cli.main import main
from validator.cli.rules import _row

SEVERAL = ["check", "fixtures/clean", "fixtures/missing.yaml", "fixtures/broken"]
JSON_OUTPUT = jsonschema.Draft7Validator(schemas.load("json-output.schema.json"))
FOR_PROGRAMS = ["concise", "github", "gitlab", "junit", "sarif"]


@pytest.mark.parametrize(
    ("name", "arguments", "code"),
    [
        ("broken", ["check", "fixtures/broken"], 1),
        ("broken-json", ["check", "fixtures/broken", "--format", "json"], 1),
        ("clean", ["check", "fixtures/clean"], 0),
        ("clean-json", ["check", "fixtures/clean", "--format", "json"], 0),
        *((f"several-{name}", [*SEVERAL, "--format", name], 2) for name in FOR_PROGRAMS),
        ("rules", ["rules"], 0),
        ("explain", ["explain", "trigger-order"], 0),
        ("explain-unknown", ["explain", "unknown-feild"], 2),
        ("several", SEVERAL, 2),
        ("nothing", ["check", "docs"], 0),
        ("help", ["check", "--help"], 0),
        ("unknown-rule", ["check", "--ignore", "unknown-feild"], 2),
        ("unknown-option", ["check", "--frobnicate"], 2),
    ],
)
def test_the_whole_output(name: str, arguments: list[str], code: int) -> None:
    check_output(name, arguments, code)


def test_colors_are_asked_for_and_refused() -> None:
    assert b"\033[" not in run("check", "fixtures/broken").stdout
    assert (
        b"\033[1;31merror[unknown-field]\033[0m"
        in run("check", "fixtures/broken", FORCE_COLOR="1").stdout
    )
    assert b"\033[" not in run("check", "fixtures/broken", FORCE_COLOR="1", NO_COLOR="1").stdout


def test_standard_input_has_a_name() -> None:
    done = run("check", "-", "--stdin-filename", "x.yaml", stdin=b"tasks: []\n")
    assert done.stdout.startswith(b"x.yaml:1:8: error[wrong-type]")
    assert done.returncode == 1
    assert run("check", "-", stdin=b"tasks: []\n").stdout.startswith(b"<stdin>:1:8:")


@pytest.mark.parametrize(("fail_on", "code"), [("error", 0), ("warning", 0), ("hint", 1)])
def test_fail_on_sets_the_least_severity(fail_on: str, code: int) -> None:
    done = run("check", "-", "--fail-on", fail_on, stdin=b"# nothing\n")
    assert b"hint[empty-document]" in done.stdout
    assert done.returncode == code


def test_a_clean_file_passes_whatever_fails() -> None:
    assert run("check", "fixtures/clean", "--fail-on", "hint").returncode == 0


@pytest.mark.parametrize(
    ("arguments", "meant"),
    [
        ("chek", "check"),
        ("Schema", "schema"),
        ("x", ""),
        ("lint", "check"),
        ("validate .ona/config.yaml", "check"),
        ("fix", "check --fix"),
        ("unknown-field", "explain unknown-field"),
        ("validat", "check"),
        (".ona", "check .ona"),
        (".ona/config.yaml", "check .ona/config.yaml"),
        ("config.yml", "check config.yml"),
        ("docs", "check docs"),
        ("list", "rules"),
        ("lst", "rules"),
    ],
)
def test_what_is_no_command_may_be_meant_as_one(arguments: str, meant: str) -> None:
    done = run(*arguments.split())
    hint = f"; did you mean `{meant}`?" if meant else ""
    assert done.returncode == 2
    error = f"Error: `{arguments.split(maxsplit=1)[0]}` is not a command{hint}\n"
    assert done.stderr.decode().endswith(error)


@pytest.mark.parametrize(
    ("arguments", "where", "meant"),
    [
        ("check --ignor x", " check", "--ignore"),
        ("check --unsafe-fixs", " check", "--unsafe-fixes"),
        ("check -z", " check", ""),
        ("plan --triger prebuild", " plan", "--trigger"),
        ("--fix .", "", "check --fix"),
        ("--trigger prebuild", "", "plan --trigger"),
        ("--versoin", "", "--version"),
        ("check --verison", " check", "automation-validator --version"),
        ("plan --verison", " plan", "automation-validator --version"),
        ("check --output-format json", " check", "--format"),
        ("graph --output-format svg", " graph", "--format"),
        ("--output-format json", "", "check --format"),
        ("check --extend-select x", " check", "--select"),
        ("check -j 4", " check", "--jobs"),
        ("plan -j 4", " plan", ""),
        ("lsp --extend-select x", " lsp", ""),
    ],
)
def test_what_is_no_option_may_be_meant_as_one(arguments: str, where: str, meant: str) -> None:
    done = run(*arguments.split())
    option = next(each for each in arguments.split() if each.startswith("-"))
    hint = f"; did you mean `{meant}`?" if meant else ""
    error = f"Error: `{option}` is not an option of `automation-validator{where}`{hint}\n"
    assert done.returncode == 2
    assert done.stderr.decode().endswith(error)


@pytest.mark.parametrize("command", ["format", "fmt"])
def test_formatting_is_not_offered(command: str) -> None:
    done = run(command, "x.yaml")
    assert done.returncode == 2
    assert f"Error: `{command}` is not a command: files are not formatted;" in done.stderr.decode()


@pytest.mark.parametrize(
    ("arguments", "same"),
    [("help", "--help"), ("help plan", "plan --help"), ("help help", "help --help")],
)
def test_help_is_a_command(arguments: str, same: str) -> None:
    done = run(*arguments.split())
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout == run(*same.split()).stdout


def test_help_suggests_the_command_that_was_meant() -> None:
    done = run("help", "chekc")
    assert done.returncode == 2
    assert b"Error: `chekc` is not a command; did you mean `check`?" in done.stderr


def test_the_version_has_the_spellings_of_other_programs() -> None:
    shown = {run(each).stdout for each in ("--version", "-V", "version")}
    assert len(shown) == 1
    assert shown.pop().startswith(b"automation-validator 0.")


def test_without_a_command_there_is_help_to_read() -> None:
    done = run()
    assert done.stdout.decode() + done.stderr.decode() == run("--help").stdout.decode()


@pytest.mark.parametrize(
    ("option", "count", "legend"),
    [
        ((), 4, "[*] 4 fixable with `--fix`, 2 more with `--unsafe-fixes`."),
        (("--unsafe-fixes",), 6, "[*] 6 fixable with `--fix --unsafe-fixes`."),
    ],
)
def test_what_is_fixable_is_marked(option: tuple[str, ...], count: int, legend: str) -> None:
    before = (ROOT / "fixtures" / "broken" / ".ona" / "automations.yaml").read_bytes()
    done = run("check", "fixtures/broken", *option)
    *lines, last = done.stdout.decode().splitlines()
    assert sum("]: [*] " in line for line in lines) == count
    assert last == legend
    assert done.returncode == 1
    concise = run("check", "fixtures/broken", "--format", "concise", *option).stdout.decode()
    assert concise.count("] [*] ") == count
    assert (ROOT / "fixtures" / "broken" / ".ona" / "automations.yaml").read_bytes() == before


@pytest.mark.parametrize(
    ("arguments", "hint"),
    [
        ("--select blank-value wrong-type", "`wrong-type` is a rule, not a path; write `--select"),
        (
            "--ignore encoding wrong-type too-deep",
            "`wrong-type` and `too-deep` are rules, not paths; write `--ignore",
        ),
        ("--select blank-value missing.yaml", ""),
        ("wrong-type", ""),
    ],
)
def test_a_rule_in_place_of_a_path(arguments: str, hint: str) -> None:
    done = run("check", *arguments.split())
    assert done.returncode == 2
    together = ",".join(arguments.split()[1:])
    hints = [line for line in done.stderr.decode().splitlines() if line.startswith("Hint:")]
    assert hints == ([f"Hint: {hint} {together}`."] if hint else [])


@pytest.mark.parametrize("command", ["check", "plan", "graph"])
def test_an_empty_path_names_nothing(command: str) -> None:
    done = run(command, "")
    found = done.stdout + done.stderr
    assert found.startswith(b"'': error[unreadable-file]: can't be read: No such file or directory")
    assert done.returncode == 2


@pytest.mark.parametrize("command", ["check", "graph", "plan"])
def test_a_defect_has_an_exit_code_of_its_own(command: str) -> None:
    program = (
        "from validator.rules import never_triggered\n"
        "(rule,) = never_triggered.RULES\n"
        "never_triggered.RULES = (rule._replace(check=lambda document: 1 / 0),)\n"
        "from validator.cli.main import main\n"
        f"main(['{command}', 'fixtures/clean'])\n"
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True)
    said = done.stdout if command == "check" else done.stderr
    assert b"error[internal-error]: the rule `never-triggered` failed: ZeroDivisionError" in said
    assert done.returncode == 3


def test_a_terminal_that_can_not_show_a_character_shows_its_escape() -> None:
    text = "tasks: {ä日: {name: é, command: x, triggeredBy: [manual]}}\n".encode()
    done = run("check", "-", stdin=text, PYTHONIOENCODING="latin-1", PYTHONUTF8="0")
    assert b"`\xe4\\u65e5` is not a reference" in done.stdout
    assert done.returncode == 1


@pytest.mark.parametrize(
    "arguments",
    [
        ["fixtures/broken", "fixtures/missing.yaml"],
        ["docs"],
        ["fixtures/clean"],
        ["-"],
        ["-", "--stdin-filename", "x.yaml"],
        ["-", "fixtures/broken", "--kind", "task-list"],
        ["-", "--fix"],
    ],
)
def test_json_output_keeps_to_its_schema(arguments: list[str]) -> None:
    done = run("check", "--format", "json", *arguments, stdin=b"tasks: {a: {nam: A}}\n")
    output = json.loads(done.stderr if "--fix" in arguments else done.stdout)
    JSON_OUTPUT.validate(output)
    assert output["summary"]["files"] == len(output["files"])
    assert all(isinstance(each["path"], str) for each in output["files"])


def test_json_output_of_what_has_no_path_keeps_to_its_schema() -> None:
    """A program may write reports of texts, of objects and of a history in this format."""
    found = [
        check_text("tasks: {a: {nam: A}}"),
        check_text(b"\xff"),
        check_text(""),
        check_object({"tasks": {"a": {"nam": "A", "dependsOn": ["a"]}}}),
        check_status_history([{"phase": "RUNNING"}]),
        check_file("missing.yaml"),
        check_text("tasks: []", path="a\n\udcff.yaml"),
    ]
    output = json.loads(written("json", *found))
    JSON_OUTPUT.validate(output)
    paths = [each["path"] for each in output["files"]]
    assert paths == [*[None] * 5, "missing.yaml", "a\n\udcff.yaml"]
    assert all(each["findings"] for each in output["files"])


def test_github_actions_gets_its_own_format() -> None:
    commands = run("check", "fixtures/broken", "--format", "github").stdout
    assert run("check", "fixtures/broken", GITHUB_ACTIONS="true").stdout == commands
    place, command, *_ = commands.splitlines()
    assert place.startswith(b"fixtures/broken/.ona/automations.yaml:6:14 start-detaches")
    assert command.startswith(b"::warning file=fixtures/broken/.ona/automations.yaml,line=6,")
    text = run("check", "fixtures/broken", "--format", "text", GITHUB_ACTIONS="true").stdout
    assert text == run("check", "fixtures/broken").stdout


def test_a_path_can_forge_no_output(tmp_path: Path) -> None:
    path = tmp_path / "a\033[2J\nb.yaml"
    path.write_text("tasks: []\n")
    done = run("check", str(path))
    assert b"\033" not in done.stdout
    assert b"a\\u{1b}[2J\\u{a}b.yaml:1:8: error[wrong-type]" in done.stdout


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        ("schema automations", "KIND: `automations` is not a document kind; did you mean"),
        ("schema config-file", "KIND: `config-file` is not a document kind; "),
        ("check --kind tasks", "--kind: `tasks` is not a document kind; did you mean `task`?"),
        ("check --format SARIF", "--format: `SARIF` is not a format; did you mean `sarif`?"),
        ("check --fail-on info", "--fail-on: `info` is not a severity; use `error`, `warning` or"),
        ("rules --format yaml", "--format: `yaml` is not a format; use `json` or `text`"),
        ("graph --format svgg", "--format: `svgg` is not a format; did you mean `svg`?"),
        (
            "plan --format x",
            "--format: `x` is not a format; use `html`, `json`, `mermaid`, `svg` or `text`",
        ),
        ("lsp --tcp x:y", "`x:y` is not a port or host and port; write `2087` or `[::1]:2087`"),
    ],
)
def test_a_name_that_is_none_of_those_expected(arguments: str, error: str) -> None:
    done = run(*arguments.split())
    assert done.returncode == 2
    assert error in done.stderr.decode()


@pytest.mark.parametrize("command", COMMANDS)
def test_no_line_of_help_breaks_a_name(command: str) -> None:
    lines = run(command, "--help").stdout.decode().splitlines()
    assert not [line for line in lines if line.endswith("-")]
    assert max(map(len, lines)) <= 80


@pytest.mark.parametrize("width", [50, 72, 73, 80, 120])
def test_the_list_of_rules_keeps_within_a_terminal(width: int) -> None:
    line = "noncanonical-spelling              warning  fix  "
    summary = "A name is in the spelling of the Python SDK, `depends_on` for `dependsOn`"
    lines = _row(line, summary, width).split("\n")
    assert max(map(len, lines)) <= width
    assert " ".join(lines).split() == (line + summary).split()
    indent = 4 if width < 73 else len(line)
    assert all(each.startswith(" " * indent) for each in lines[1:])
    assert _row(line, summary, None) == line + summary


def test_a_path_without_permission_keeps_no_other_from_being_checked(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Such a path is a finding, not wrong usage. Root has all permissions, so click is patched."""
    monkeypatch.setattr(os, "access", lambda *_arguments, **_options: False)
    arguments = ["check", "fixtures/clean", "fixtures/broken", "--format", "concise"]
    monkeypatch.chdir(ROOT)
    result = CliRunner().invoke(main, arguments)
    assert result.exit_code == 1
    assert "unknown-field" in result.output
    for command in ("plan", "graph"):
        result = CliRunner().invoke(main, [command, "fixtures/clean/.ona/automations.yaml"])
        assert result.exit_code == 0, result.output
