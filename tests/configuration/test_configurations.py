"""Each file has the configuration that is nearest to it, in every part of the program."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.command import run_in
from validator import Report, check_text
from validator.cli.reports import Wanted, reports
from validator.configuration.configurations import Configurations
from validator.search.search import Search
from validator.search.shadowed import shadowed
from validator.server.settings import CurrentConfigurations

HINT = "tasks: {a: {name: A, command: x}}\n"
WARNING = "tasks: {a: {name: A, command: ' ', triggeredBy: [manual]}}\n"
OWN = "automation-validator.toml"


def write(folder: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)


def rules(output: bytes) -> dict[str, list[str]]:
    """The rules of the findings of each file, in JSON output."""
    files = json.loads(output)["files"]
    return {each["path"]: [finding["rule"] for finding in each["findings"]] for each in files}


@pytest.fixture
def two(tmp_path: Path) -> Path:
    """Two folders with a configuration each, and one above them."""
    write(
        tmp_path,
        {
            "x.yaml": HINT,
            OWN: 'severity = {never-triggered = "warning"}\n',
            "a/x.yaml": HINT,
            f"a/{OWN}": 'ignore = ["never-triggered"]\n',
            "b/c/x.yaml": HINT,
            "b/pyproject.toml": '[tool.automation-validator]\nfail-on = "hint"\n',
            "b/c/pyproject.toml": "[tool.other]\n",
        },
    )
    return tmp_path


def test_each_file_has_its_own(two: Path) -> None:
    names = ["x.yaml", "a/x.yaml", "b/c/x.yaml"]
    expected = {"x.yaml": ["never-triggered"], "a/x.yaml": [], "b/c/x.yaml": ["never-triggered"]}
    for folder, prefix in ((two, ""), (two / "a", "../"), (two.parent, f"{two.name}/")):
        paths = [f"{prefix}{name}" for name in names]
        for options in ([], ["--jobs", "2"]):
            done = run_in(folder, "check", "--format", "json", *options, *paths)
            assert rules(done.stdout) == {f"{prefix}{k}": v for k, v in expected.items()}
            summary = json.loads(done.stdout)["summary"]
            assert (summary["warnings"], summary["hints"]) == (1, 1)


def test_what_fails_the_run_differs_from_file_to_file(two: Path) -> None:
    assert run_in(two, "check", "x.yaml").returncode == 0
    assert run_in(two, "check", "b/c/x.yaml").returncode == 1
    assert run_in(two, "check", "x.yaml", "b/c/x.yaml").returncode == 1
    assert run_in(two, "check", "x.yaml", "b/c/x.yaml", "--fail-on", "error").returncode == 0


def test_options_go_before_all_of_them(two: Path) -> None:
    names = ["x.yaml", "a/x.yaml", "b/c/x.yaml"]
    for options, count in (
        (["--isolated"], 3),
        (["--config", "b/pyproject.toml"], 3),
        (["--config", f"a/{OWN}"], 0),
        (["--ignore", "never-triggered"], 0),
        (["--select", "never-triggered"], 2),
    ):
        done = run_in(two, "check", "--format", "concise", *options, *names)
        assert done.stdout.count(b"never-triggered") == count, options
    done = run_in(two, "check", "--isolated", "--config", f"a/{OWN}")
    assert done.returncode == 2
    assert b"--config and --isolated can't be used together" in done.stderr


def test_standard_input_has_that_of_its_name(two: Path) -> None:
    for name, code, count in (("a/y.yaml", 0, 0), ("b/c/y.yaml", 1, 1), ("y.yaml", 0, 1)):
        options = ["--format", "concise", "--stdin-filename", name]
        done = run_in(two, "check", "-", *options, stdin=HINT.encode())
        assert (done.returncode, done.stdout.count(b"never-triggered")) == (code, count)


def test_plan_and_graph_take_it_too(two: Path) -> None:
    write(two, {f"a/{OWN}": "limits.max-depth = 2\n"})
    for command in ("plan", "graph"):
        assert run_in(two, command, "x.yaml").returncode == 0
        assert run_in(two, command, "a/x.yaml").returncode == 1
        write(two, {f"b/{OWN}": "limit.max-depth = 2\n"})
        done = run_in(two, command, "b/c/x.yaml")
        assert done.returncode == 2
        assert done.stderr.startswith(f"b/{OWN}:1:1: `limit` is not a field".encode())


def test_one_that_can_not_be_used_ends_a_run_that_names_its_files(two: Path) -> None:
    write(two, {f"a/{OWN}": "ignore = ['x']\n"})
    for path in ("a", "a/x.yaml", "a/missing.yaml"):
        done = run_in(two, "check", "--format", "json", "x.yaml", path)
        assert (done.returncode, done.stdout) == (2, b"")
        assert done.stderr.startswith(f"a/{OWN}:1:11: unknown rule `x`".encode())


@pytest.mark.parametrize("options", [[], ["--jobs", "2"], ["--diff"]])
def test_one_that_a_search_finds_keeps_no_other_file_from_being_checked(
    two: Path, options: list[str]
) -> None:
    write(two, {f"a/{OWN}": "ignore = ['x']\n", "a/.ona/automations.yaml": HINT})
    write(two, {f"a/b/c/{OWN}": "x", "b/.ona/automations.yaml": HINT})
    done = run_in(two, "check", "--format", "json", *options)
    found = done.stderr if options == ["--diff"] else done.stdout
    assert rules(found) == {
        "b/.ona/automations.yaml": ["never-triggered"],
        f"a/{OWN}": ["unreadable-file"],
        f"a/b/c/{OWN}": ["unreadable-file"],
    }
    assert done.returncode == 2
    done = run_in(two, "check", "--format", "concise", *options)
    found = done.stderr if options == ["--diff"] else done.stdout
    unusable = "error[unreadable-file] this configuration can't be used"
    first, second = found.decode().splitlines()[1:]
    assert first == (
        f"a/{OWN}:1:11: {unusable}: unknown rule `x`; `automation-validator rules` lists them"
    )
    assert second.startswith(f"a/b/c/{OWN}:1:2: {unusable}: not valid TOML: expected '='")
    done = run_in(two, "check", "--write-baseline", "known.json")
    assert done.returncode == 2
    assert not (two / "known.json").exists()


def test_nothing_is_shown_of_what_a_configuration_links_to(two: Path) -> None:
    (two / "secret").write_text("secret = [")
    (two / "a" / OWN).unlink()
    (two / "a" / OWN).symlink_to("../secret")
    done = run_in(two, "check")
    assert done.returncode == 2
    shown = b" ".join(done.stdout.split())
    assert b"this configuration can't be used: not valid TOML" in shown
    assert b"secret" not in done.stdout + done.stderr


def test_further_files_are_named_by_the_configuration_nearest_to_them(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            OWN: 'files = ["*.tasks.yaml"]\n',
            "a.tasks.yaml": HINT,
            "b/a.tasks.yaml": HINT,
            f"c/{OWN}": "",
            "c/a.tasks.yaml": HINT,
            f"d/{OWN}": 'files = ["e.yaml"]\n',
            "d/e.yaml": HINT,
            "d/a.tasks.yaml": HINT,
            "e.yaml": HINT,
        },
    )
    expected = ["a.tasks.yaml", "b/a.tasks.yaml", "d/e.yaml"]
    done = run_in(tmp_path, "check", "--format", "json")
    assert list(rules(done.stdout)) == expected
    done = run_in(tmp_path.parent, "check", tmp_path.name, "--format", "json")
    assert list(rules(done.stdout)) == [f"{tmp_path.name}/{name}" for name in expected]


def test_a_configuration_is_read_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, {OWN: "", **{f"{a}/{b}/x.yaml": HINT for a in "abcd" for b in "abcd"}})
    looked: list[str] = []

    def config_in(folder: str) -> None:
        looked.append(folder)

    monkeypatch.setattr("validator.configuration.config_file.config_in", config_in)
    configurations = Configurations()
    for path in sorted(tmp_path.rglob("*.yaml")) * 2:
        configurations.of(str(path))
        configurations.of_folder(str(path.parent))
    assert len(looked) == len(set(looked))


FOLDERS = ["", "a/", "a/.ona/", "b/", "b/c/", "b/c/.ona/"]
NAMES = ["config.yaml", "automations.yaml", "x.yaml", "y.json"]
CONFIGURATIONS = [
    None,
    "",
    'ignore = ["never-triggered"]',
    'files = ["x.yaml"]\nseverity = {never-triggered = "error"}',
    'files = ["*", "!y.json"]\n[per-path."c/"]\nignore = ["never-triggered"]',
    'files = ["**/.ona/*"]\nlimits.max-depth = 2',
    "wrong = 1",
]


@given(
    st.fixed_dictionaries({folder: st.sampled_from(CONFIGURATIONS) for folder in FOLDERS}),
    st.fixed_dictionaries({folder: st.booleans() for folder in FOLDERS}),
)
def test_the_command_and_the_server_use_the_same(
    tmp_path_factory: pytest.TempPathFactory, given: dict[str, str | None], own: dict[str, bool]
) -> None:
    root = tmp_path_factory.mktemp("tree")
    write(root, {f"{folder}{name}": HINT for folder in FOLDERS for name in NAMES})
    for folder, text in given.items():
        if text is not None and own[folder]:
            write(root, {f"{folder}{OWN}": text})
        elif text is not None and "[" not in text.partition("\n")[2]:
            table = "[tool.automation-validator]\n"
            write(root, {f"{folder}pyproject.toml": f"[tool.other]\n{table}{text}"})
    configurations = Configurations()
    wanted = Wanted(configurations, None, None, 1)
    search = Search([root], configurations.of_folder)
    command = {report.path: report for report in reports(search, wanted)}
    warnings: list[str] = []
    for path in sorted(each for each in root.rglob("*") if each.name in NAMES):
        served = checked_by_the_server(path, warnings)
        if warnings:
            assert str(path) not in command
            assert warnings.pop() in map(str, configurations.errors)
        else:
            found = command.get(str(path))
            assert (found and found.findings) == (served and served.findings)


def checked_by_the_server(path: Path, warnings: list[str]) -> Report | None:
    config = CurrentConfigurations(warnings.append).of(str(path))
    if config is None:
        return None
    others = shadowed(str(path))
    return check_text(path.read_text(), path=str(path), config=config, others=others)
