"""Options for what commands write, where and how."""

from __future__ import annotations

import json
import os
import re
import sys
from pathlib import Path

import pytest

from tests.checkout import ROOT
from tests.command import check_output, run, run_in
from validator import all_rules

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

BROKEN = (ROOT / "fixtures" / "broken" / ".ona" / "automations.yaml").read_text("utf-8")
PATH = ".ona/automations.yaml"


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A repository with a broken file and a configuration."""
    (tmp_path / ".git").mkdir()
    (tmp_path / "sub").mkdir()
    (tmp_path / ".ona").mkdir()
    (tmp_path / PATH).write_text(BROKEN, "utf-8")
    (tmp_path / "automation-validator.toml").write_text(
        'ignore = ["never-triggered"]\nfail-on = "warning"\n'
        '[per-path.".ona/*"]\nignore = ["ready-missing"]\nseverity = {unknown-field = "hint"}\n'
        '[per-path."other/*"]\nignore = ["blank-value"]\n'
    )
    return tmp_path


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("statistics", ["check", "fixtures/broken", "--statistics"]),
        ("statistics-json", ["check", "fixtures/broken", "--statistics", "--format", "json"]),
    ],
)
def test_the_whole_output(name: str, arguments: list[str]) -> None:
    check_output(name, arguments, 1)


def test_quiet_leaves_out_the_summary() -> None:
    whole = run("check", "fixtures/broken").stdout
    assert whole.startswith(run("check", "-q", "fixtures/broken").stdout)
    assert b"\nFound " not in run("check", "-q", "fixtures/broken").stdout
    assert run("check", "--quiet", "fixtures/clean").stdout == b""
    assert b"Found" not in run("check", "-q", "fixtures/broken", "--format", "github").stdout
    table = run("check", "-q", "fixtures/broken", "--statistics").stdout.decode()
    assert table.splitlines()[-1].endswith("unknown-dependency")


def test_verbose_says_what_is_used_on_standard_error(repository: Path) -> None:
    done = run_in(repository, "check", "-v")
    assert done.stdout == run_in(repository, "check").stdout
    head, shellcheck, file, end = done.stderr.decode().splitlines()
    assert head.startswith("automation-validator ")
    assert shellcheck.startswith("shellcheck ")
    assert file == f"{PATH}: automations-file, settings of automation-validator.toml"
    assert end.startswith("1 file in ")
    isolated = run_in(repository, "check", "-v", "--isolated").stderr.decode()
    assert f"{PATH}: automations-file, default settings\n" in isolated


@pytest.mark.parametrize(
    ("options", "environment", "colored"),
    [
        (["--color", "always"], {"NO_COLOR": "1"}, True),
        (["--color", "never"], {"FORCE_COLOR": "1"}, False),
        (["--color", "auto"], {"FORCE_COLOR": "1"}, True),
        ([], {"CLICOLOR_FORCE": "1"}, True),
        ([], {"CLICOLOR_FORCE": "0"}, False),
        ([], {"CLICOLOR_FORCE": "1", "NO_COLOR": "1"}, False),
    ],
)
@pytest.mark.parametrize("command", ["check", "plan", "graph"])
def test_colors_are_chosen(
    command: str, options: list[str], environment: dict[str, str], colored: bool
) -> None:
    done = run(command, "fixtures/broken", *options, stdin=b"", **environment)
    assert (b"\033[" in done.stdout + done.stderr) == colored


def test_no_color_means_no_hyperlinks() -> None:
    arguments = ("check", "fixtures/scripts", "--color", "never")
    done = run(*arguments, FORCE_HYPERLINK="1", FORCE_COLOR="1")
    assert b"\033" not in done.stdout


def test_findings_may_pass() -> None:
    done = run("check", "fixtures/broken", "--exit-zero")
    assert done.returncode == 0
    assert done.stdout == run("check", "fixtures/broken").stdout
    assert run("check", "missing.yaml", "--exit-zero").returncode == 2


def test_statistics_count_all_findings(tmp_path: Path) -> None:
    count = 1500
    tasks = "".join(f"  t{number}: {{name: x}}\n" for number in range(count))
    (tmp_path / "a.yaml").write_text(f"tasks:\n{tasks}")
    done = run_in(tmp_path, "check", "a.yaml", "--statistics", "--select", "missing-field")
    assert done.stdout.decode().splitlines()[0] == f"{count:,}  [ ]  error  missing-field"
    assert done.returncode == 1


def test_statistics_of_clean_files_are_the_summary_alone() -> None:
    done = run("check", "fixtures/clean", "--statistics")
    assert (done.returncode, done.stdout) == (0, run("check", "fixtures/clean").stdout)


def test_the_numbers_of_statistics_agree_with_the_findings() -> None:
    counted = json.loads(run("check", "fixtures", "--statistics", "--format", "json").stdout)
    found = json.loads(run("check", "fixtures", "--format", "json").stdout)
    assert counted["summary"] == found["summary"]
    total = counted["summary"]
    assert sum(each["count"] for each in counted["rules"]) == (
        total["errors"] + total["warnings"] + total["hints"]
    )
    assert {each["rule"] for each in counted["rules"]} <= set(all_rules())


def test_what_was_fixed_is_listed_by_file_and_rule(repository: Path) -> None:
    listed = f"  {PATH}: 2 unknown-field, 1 start-detaches, 1 unknown-dependency\n"
    done = run_in(repository, "check", "--diff", "--show-fixes")
    assert done.stderr.decode().endswith(f"Would fix in 1 file:\n{listed}")
    assert (repository / PATH).read_text("utf-8") == BROKEN
    done = run_in(repository, "check", "--fix", "--show-fixes", "-q")
    assert done.stdout.decode().endswith(f"\nFixed in 1 file:\n{listed}")
    assert b"Fixed" not in run_in(repository, "check", "--fix", "--show-fixes", "-q").stdout


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        ("check -q -v", "--quiet and --verbose can't be used together."),
        ("check --all-rules", "--all-rules has no effect without --format sarif; add it."),
        ("check --all-rules --format json", "--all-rules has no effect without --format sarif"),
        ("check --show-fixes", "--show-fixes has no effect without --fix or --diff; add one."),
        (
            "check --fix --show-fixes --format json",
            "--show-fixes needs --format text or github, or --statistics.",
        ),
        ("check --statistics --format sarif", "--statistics needs --format text or json."),
        ("check --color blue", "Invalid value for --color: `blue` is not a setting;"),
        (f"check {PATH} -o {PATH}", "the output would overwrite the file that is read."),
        (f"check -o {PATH}", "the output would overwrite the file that is checked."),
        (f"check --fix -o {PATH}", "the output would overwrite the file that is checked."),
        ("check .ona -o link", "the output would overwrite the file that is checked."),
        (f"check --statistics -o {PATH}", "the output would overwrite the file that is checked."),
        (f"check --show-files -o {PATH}", "the output would overwrite the file that is checked."),
        (
            f"check - --stdin-filename {PATH} -o {PATH}",
            "the output would overwrite the file that is read.",
        ),
        ("check --config x.toml -o x.toml", "the output would overwrite the file that is read."),
        ("check --baseline x.json -o x.json", "the output would overwrite the file that is read."),
        (f"graph {PATH} -o {PATH}", "the output would overwrite the file that is drawn."),
    ],
)
def test_wrong_usage(repository: Path, arguments: str, error: str) -> None:
    (repository / "x.toml").touch()
    (repository / "x.json").touch()
    (repository / "link").symlink_to(PATH)
    done = run_in(repository, *arguments.split())
    assert (done.returncode, done.stdout) == (2, b"")
    assert f"Error: {error}" in done.stderr.decode()
    assert not (repository / "x.toml").read_bytes() + (repository / "x.json").read_bytes()
    assert (repository / PATH).read_text("utf-8") == BROKEN


def test_what_an_earlier_run_wrote_is_replaced(repository: Path) -> None:
    for _ in range(2):
        assert run_in(repository, "check", "-o", "out").returncode == 1
        assert (repository / "out").read_bytes() == run_in(repository, "check").stdout


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["check", "fixtures/broken"], 1),
        (["check", "fixtures/broken", "--format", "junit"], 1),
        (["check", "fixtures/clean", "--show-files"], 0),
        (["plan", "fixtures/clean"], 0),
        (["plan", "fixtures/clean", "--format", "json"], 0),
        (["graph", "fixtures/clean"], 0),
    ],
)
def test_output_goes_to_a_file(arguments: list[str], code: int, tmp_path: Path) -> None:
    path = tmp_path / "out"
    path.write_text("old")
    done = run(*arguments, "--output-file", str(path))
    assert (done.returncode, done.stdout) == (code, b"")
    expected = run(*arguments)
    assert path.read_bytes() == expected.stdout
    # Colours are for terminals, unless they are asked for.
    run(*arguments, "-o", str(path), FORCE_COLOR="1")
    assert path.read_bytes() == expected.stdout
    assert list(tmp_path.iterdir()) == [path]


def test_a_file_has_colors_if_they_are_asked_for(tmp_path: Path) -> None:
    path = tmp_path / "out"
    run("check", "fixtures/broken", "-o", str(path), "--color", "always")
    assert b"\033[94m" in path.read_bytes()


def test_a_file_that_can_not_be_written_is_an_error(tmp_path: Path) -> None:
    done = run("check", "fixtures/broken", "-o", str(tmp_path / "missing" / "out"))
    assert done.returncode == 2
    assert b"can't be written: No such file or directory" in done.stderr


def test_the_files_of_a_check_are_listed(repository: Path) -> None:
    done = run("check", "--show-files", "fixtures/clean", "fixtures/broken")
    assert done.stdout.decode().splitlines() == [
        f"fixtures/clean/{PATH}",
        f"fixtures/broken/{PATH}",
    ]
    assert done.returncode == 0
    assert run("check", "--show-files", "missing").returncode == 2
    (repository / "automation-validator.toml").write_text("ignore = 1\n")
    assert run_in(repository, "check", "--show-files").returncode == 2


def test_settings_have_their_origin(repository: Path) -> None:
    arguments = ("check", "--show-settings", "--ignore", "too-deep,SC2086", "--fail-on", "hint")
    done = run_in(repository, *arguments, PATH)
    assert done.returncode == 0
    lines = done.stdout.decode().splitlines()
    assert lines[0] == f"# {PATH}: automation-validator.toml"
    for line in (
        "# select: all rules that are not off by default",
        '  "SC2086",  # command line',
        '  "never-triggered",  # automation-validator.toml',
        '  "ready-missing",  # per-path ".ona/*"',
        'fail-on = "hint"  # command line',
        'shellcheck = "auto"  # default',
        'unknown-field = "hint"  # per-path ".ona/*"',
        "max-depth = 64  # default",
    ):
        assert line in lines
    assert "blank-value" not in done.stdout.decode()


def test_shown_settings_are_a_configuration_of_the_same_meaning(repository: Path) -> None:
    shown = run_in(repository, "check", "--show-settings").stdout.decode()
    settings = tomllib.loads(shown)
    assert settings["ignore"] == ["never-triggered", "ready-missing"]
    before = run_in(repository, "check")
    (repository / "automation-validator.toml").write_text(shown)
    after = run_in(repository, "check")
    assert (after.stdout, after.returncode) == (before.stdout, before.returncode)


BASE = """
exclude = ["old"]
fail-on = "warning"
[severity]
acme-x = "hint"
unknown-field = "hint"
[[rules]]
name = "acme-y"
on = ["tasks.*", "services.*"]
message = 'say "why"'
schema = { required = ["description"], patternProperties = { "a b" = { minimum = 2.5 } } }
"""
EXTENDING = """
extends = "base.toml"
exclude = ["older"]
[severity]
unknown-field = "warning"
[[rules]]
name = "acme-x"
message = "no"
why = "Because."
schema = { not = {} }
"""


@pytest.fixture
def extended(tmp_path: Path) -> Path:
    for name in ("a", "b", "c"):
        (tmp_path / name / ".ona").mkdir(parents=True)
        (tmp_path / name / PATH).write_text(BROKEN)
    (tmp_path / "base.toml").write_text(BASE)
    (tmp_path / "automation-validator.toml").write_text(EXTENDING)
    return tmp_path


def test_each_setting_has_the_file_that_sets_it(extended: Path) -> None:
    lines = run_in(extended, "check", "--show-settings", "a", "--exclude", "foo").stdout.decode()
    for line in (
        'fail-on = "warning"  # base.toml',
        '  "old",  # base.toml',
        '  "older",  # automation-validator.toml',
        '  "foo",  # command line',
        'acme-x = "hint"  # base.toml',
        'unknown-field = "warning"  # automation-validator.toml',
        "[[rules]]  # base.toml",
        "[[rules]]  # automation-validator.toml",
        'shell = "bash"  # default',
    ):
        assert lines.splitlines().count(line) == 1


def test_each_setting_per_path_has_the_file_that_sets_it(extended: Path) -> None:
    with (extended / "base.toml").open("a") as file:
        file.write('[per-path."a/"]\nignore = ["ready-missing"]\n')
        file.write('[per-path."b/"]\nignore = ["never-triggered"]\n')
    with (extended / "automation-validator.toml").open("a") as file:
        file.write('[per-path."a/"]\nseverity = { unknown-field = "error" }\n')
    shown = run_in(extended, "check", "--show-settings", "a").stdout.decode().splitlines()
    assert '  "ready-missing",  # base.toml, per-path "a/"' in shown
    assert 'unknown-field = "error"  # automation-validator.toml, per-path "a/"' in shown
    assert not [line for line in shown if "never-triggered" in line]


def test_verbose_names_the_files_that_are_extended(extended: Path) -> None:
    said = run_in(extended, "check", "-v", "a").stderr.decode()
    used = "settings of automation-validator.toml, which extends base.toml\n"
    assert f"a/{PATH}: automations-file, {used}" in said


def test_rules_of_ones_own_are_shown_as_settings(extended: Path) -> None:
    shown = run_in(extended, "check", "--show-settings", "a").stdout.decode()
    rules = {rule["name"]: rule for rule in tomllib.loads(shown)["rules"]}
    (declared,) = tomllib.loads(BASE)["rules"]
    assert rules["acme-y"] == {**declared, "severity": "warning", "kind": "automations-file"}
    before = run_in(extended, "check", "a", "--format", "concise")
    assert b"[acme-x]" in before.stdout
    (extended / "automation-validator.toml").write_text(shown)
    after = run_in(extended, "check", "a", "--format", "concise")
    assert (after.stdout, after.returncode) == (before.stdout, before.returncode)


@pytest.mark.parametrize(
    "value",
    [
        "2020-01-01",
        "2020-01-01T10:00:00Z",
        "10:00:00",
        "inf",
        "-1e300",
        "[]",
        "{}",
        r'"\u001b\n\""',
        r'"\u202e \U0001f600 \u0085"',
        '"::error::x ##[y]"',
    ],
)
def test_any_value_of_toml_is_shown_in_a_rule(extended: Path, value: str) -> None:
    rule = f"[[rules]]\nname = 'acme-x'\nmessage = 'm'\nschema = {{ const = {value} }}\n"
    (extended / "automation-validator.toml").write_text(rule)
    shown = run_in(extended, "check", "--show-settings", "a").stdout.decode()
    (declared,) = tomllib.loads(rule)["rules"]
    (found,) = tomllib.loads(shown)["rules"]
    assert found["schema"] == declared["schema"]


def test_files_with_equal_settings_share_them(extended: Path) -> None:
    shown = run_in(extended, "check", "--show-settings").stdout.decode()
    heads = [f"# {name}/{PATH}: automation-validator.toml" for name in ("a", "b", "c")]
    assert sorted(shown.splitlines()[:3]) == heads
    assert len(tomllib.loads(shown)["rules"]) == 2
    with (extended / "automation-validator.toml").open("a") as file:
        file.write('[per-path."c/"]\nignore = ["never-triggered"]\n')
    first, second = re.split(
        r"^# --- [12] of 2: a TOML document of its own\n",
        run_in(extended, "check", "--show-settings", "c", "a", "b").stdout.decode(),
        flags=re.MULTILINE,
    )[1:]
    assert first.startswith(f"{heads[2]}\n# select")
    assert tomllib.loads(first)["ignore"] == ["never-triggered"]
    assert second.startswith(f"{heads[0]}\n{heads[1]}\n# select")
    assert tomllib.loads(second)["ignore"] == []


def test_a_file_found_above_is_not_in_the_current_folder(repository: Path) -> None:
    last = run_in(repository / "sub", "check", "-q").stdout
    assert b"../.ona/automations.yaml:6:14" in last
    summary = run_in(repository / "sub", "check").stdout.decode().splitlines()[-2]
    assert summary.endswith(f" in 1 file in {os.path.realpath(repository)}.")


@pytest.mark.parametrize("option", ["--show-files", "--show-settings", "--statistics", "-v"])
def test_a_folder_can_forge_no_output(tmp_path: Path, option: str) -> None:
    folder = tmp_path / "\n::error::a\033[2J##[error]" / ".ona"
    folder.mkdir(parents=True)
    (folder / "automations.yaml").write_text("tasks: {}\n")
    done = run_in(tmp_path, "check", option, folder.parent.name)
    assert done.returncode == 0
    shown = (done.stdout + done.stderr).decode()
    assert "\\u{1b}[2J" in shown
    assert "\033" not in shown
    assert "##[" not in shown
    assert not any(line.startswith("::") for line in shown.splitlines())
