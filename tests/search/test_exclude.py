"""Files and folders that the configuration or an option excludes."""

from pathlib import Path

import pytest

from tests.command import run_in
from validator import Config, check_paths, find_files
from validator.server.settings import CurrentConfigurations

BROKEN = "tasks: {a: {}}\n"


def repository(folder: Path, settings: str = "") -> Path:
    for name in (".ona/config.yaml", "vendor/a/.ona/config.yaml", "app/.gitpod/automations.yaml"):
        path = folder / name
        path.parent.mkdir(parents=True)
        path.write_text(BROKEN)
    if settings:
        (folder / "automation-validator.toml").write_text(settings)
    return folder


def checked(folder: Path, *arguments: str) -> list[str]:
    done = run_in(folder, "check", "--format", "concise", *arguments)
    assert done.returncode in (0, 1), done.stderr
    return sorted(
        {line.split(":")[0] for line in done.stdout.decode().splitlines() if ": " in line}
    )


@pytest.mark.parametrize(
    ("patterns", "found"),
    [
        (["vendor/"], [".ona/config.yaml", "app/.gitpod/automations.yaml"]),
        (["/vendor"], [".ona/config.yaml", "app/.gitpod/automations.yaml"]),
        ([".gitpod"], [".ona/config.yaml", "vendor/a/.ona/config.yaml"]),
        (["config.yaml"], ["app/.gitpod/automations.yaml"]),
        (["**/.ona/*", "!/.ona/*"], [".ona/config.yaml", "app/.gitpod/automations.yaml"]),
        (["*"], []),
    ],
)
def test_a_search_leaves_them_out(patterns: list[str], found: list[str], tmp_path: Path) -> None:
    folder = repository(tmp_path)
    options = [word for pattern in patterns for word in ("--exclude", pattern)]
    assert checked(folder, *options) == found
    config = Config(exclude=patterns, folder=folder)
    assert [
        Path(path).relative_to(folder).as_posix() for path in find_files([folder], config)
    ] == found
    assert len(list(check_paths([folder], config=config))) == len(found)
    (folder / "automation-validator.toml").write_text(f"exclude = {patterns}\n")
    assert checked(folder) == found


def test_options_add_to_the_setting(tmp_path: Path) -> None:
    folder = repository(tmp_path, 'exclude = ["vendor/"]\n')
    assert checked(folder, "--exclude", "app") == [".ona/config.yaml"]
    # Relative to the current folder, and not to that of the configuration.
    assert checked(folder / "app", "..", "--exclude", "/.gitpod") == ["../.ona/config.yaml"]


def test_a_file_that_is_named_is_checked(tmp_path: Path) -> None:
    folder = repository(tmp_path, 'exclude = ["vendor/"]\n')
    named = "vendor/a/.ona/config.yaml"
    assert checked(folder, named, ".ona/config.yaml") == [".ona/config.yaml", named]
    assert checked(folder, named, ".ona/config.yaml", "--force-exclude") == [".ona/config.yaml"]
    # As in a commit that changes nothing else.
    done = run_in(folder, "check", named, "--force-exclude", "--fail-if-empty")
    assert done.returncode == 0
    assert done.stderr == f"Nothing was checked: --force-exclude leaves out {named}.\n".encode()
    names = [f"r{number}/.ona/config.yaml" for number in (25, 11, 6, 3, 4)]
    for name in names:
        (folder / name).parent.mkdir(parents=True)
        (folder / name).write_text("tasks: {}\n")
    done = run_in(folder, "check", *names, "--force-exclude", "--exclude", "r*")
    assert (done.returncode, done.stdout) == (0, b"")
    assert done.stderr.decode() == (
        "Nothing was checked: --force-exclude leaves out r11/.ona/config.yaml, "
        "r25/.ona/config.yaml, r3/.ona/config.yaml and 2 more.\n"
    )


def test_a_search_that_finds_nothing_names_them(tmp_path: Path) -> None:
    folder = repository(tmp_path, 'exclude = ["/*"]\n')
    done = run_in(folder, "check", ".")
    assert b"  .ona, app, automation-validator.toml and" not in done.stderr
    assert b"  .ona, app, vendor excluded; name a file to use it\n" in done.stderr


def test_a_pattern_that_matches_nothing_is_an_error(tmp_path: Path) -> None:
    folder = repository(tmp_path, 'exclude = ["../x"]\n')
    done = run_in(folder, "check")
    assert done.returncode == 2
    assert b"automation-validator.toml:1:12: the pattern `../x` can't match a file" in done.stderr
    done = run_in(folder, "check", "--isolated", "--exclude", "!a")
    assert done.returncode == 2
    assert b"Invalid value for --exclude: the pattern `!a` makes an exception" in done.stderr


def test_editors_show_no_findings_in_them(tmp_path: Path) -> None:
    folder = repository(tmp_path, 'exclude = ["vendor/"]\n')
    configurations = CurrentConfigurations(lambda _: None)
    assert configurations.of(str(folder / ".ona/config.yaml")) is not None
    assert configurations.of(str(folder / "vendor/a/.ona/config.yaml")) is None
