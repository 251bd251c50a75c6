"""Configurations that extend others."""

import sys
from pathlib import Path

import pytest

from tests.command import run_in
from validator import Config, ConfigError, Severity, load_config
from validator.configuration.extending import DEEPEST


def write(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    return path


RULE = '[[rules]]\nname = "acme-a"\nschema = {{}}\nmessage = "{}"\n'


def test_settings_are_merged(tmp_path: Path) -> None:
    base = """\
select = ["references", "triggers"]
ignore = ["unknown-field", "duplicate-trigger", "acme-a"]
fail-on = "warning"
exclude = ["vendor/"]
severity = { never-triggered = "error", unknown-field = "hint" }
limits = { max-bytes = 10, max-depth = 5 }
[per-path."old/"]
ignore = ["wrong-type"]
kind = "task"
"""
    write(tmp_path, "base.toml", base + RULE.format("base"))
    own = """\
extends = "base.toml"
select = ["references", "duplicate-trigger"]
ignore = ["ready-missing"]
exclude = ["build/"]
severity = { never-triggered = "hint" }
limits = { max-depth = 6 }
[per-path."old/"]
ignore = ["acme-a"]
"""
    config = load_config(write(tmp_path, "automation-validator.toml", own + RULE.format("own")))
    assert config.select == frozenset({"references", "duplicate-trigger"})
    assert config.ignore == {"unknown-field", "acme-a", "ready-missing"}
    assert config.fail_on == Severity.WARNING
    assert config.exclude == ("vendor/", "build/")
    assert config.severity == {"never-triggered": Severity.HINT, "unknown-field": Severity.HINT}
    assert (config.limits.max_bytes, config.limits.max_depth) == (10, 6)
    assert [rule.message for rule in config.rules] == ["own"]
    (override,) = config.overrides
    assert override.ignore == {"wrong-type", "acme-a"}
    assert override.kind == "task"


def test_patterns_are_relative_to_the_file_that_extends(tmp_path: Path) -> None:
    write(tmp_path, "shared/base.toml", 'exclude = ["/a"]\n')
    text = 'extends = ["shared/base.toml"]\n'
    config = load_config(write(tmp_path, "automation-validator.toml", text))
    assert config.excludes(str(tmp_path / "a"))
    assert not config.excludes(str(tmp_path / "shared/a"))


def test_a_later_one_counts_more_and_the_file_itself_most(tmp_path: Path) -> None:
    write(tmp_path, "a.toml", 'shell = "sh"\nfail-on = "hint"\nshellcheck = "off"\n')
    write(tmp_path, "b.toml", 'extends = "a.toml"\nfail-on = "warning"\nshellcheck = "off"\n')
    text = 'extends = ["a.toml", "b.toml"]\nshellcheck = "auto"\n'
    config = load_config(write(tmp_path, "automation-validator.toml", text))
    assert (config.shell, config.fail_on, config.shellcheck) == ("sh", Severity.WARNING, "auto")


def test_one_that_extends_nothing_is_as_before(tmp_path: Path) -> None:
    path = write(tmp_path, "automation-validator.toml", "extends = []\n")
    assert load_config(path) == Config(folder=tmp_path)


def test_a_file_in_a_package_that_is_not_imported(tmp_path: Path) -> None:
    packages = tmp_path / "packages"
    write(packages, "acme_lint/__init__.py", "raise SystemExit('imported')\n")
    write(packages, "acme_lint/settings/base.toml", 'ignore = ["ready-missing"]\n')
    text = 'extends = "package:acme_lint/settings/base.toml"\n'
    path = write(tmp_path, "repository/automation-validator.toml", text)
    sys.path.append(str(packages))
    try:
        assert load_config(path).ignore == {"ready-missing"}
    finally:
        sys.path.remove(str(packages))
    assert "acme_lint" not in sys.modules
    with pytest.raises(ConfigError, match="no package `acme_lint` is installed"):
        load_config(path)


def test_a_package_in_the_current_folder_is_not_installed(tmp_path: Path) -> None:
    write(tmp_path, "acme_lint/__init__.py", "")
    write(tmp_path, "acme_lint/a.toml", "")
    write(tmp_path, "automation-validator.toml", 'extends = "package:acme_lint/a.toml"\n')
    done = run_in(tmp_path, "check")
    assert done.returncode == 2
    assert b"toml:1:11: no package `acme_lint` is installed" in done.stderr


@pytest.mark.parametrize(
    ("entry", "message"),
    [
        ("none.toml", "the configuration `none.toml` does not exist"),
        ("https://x.example/a.toml", "only files can be extended: nothing is fetched"),
        ("/etc/a.toml", "write `/etc/a.toml` relative to the folder of this file"),
        ("~/a.toml", "write `~/a.toml` relative to the folder of this file"),
        ("secrets.json", "`secrets.json` is not the name of a `.toml` file"),
        ("package:a/../b.toml", "write `package:a/../b.toml` as `package:NAME/FILE.toml`"),
        ("package:json", "write `package:json` as `package:NAME/FILE.toml`"),
        ("package:json/none.toml", "the configuration `package:json/none.toml` does not exist"),
        (
            "automation-validator.toml",
            "in a cycle: `automation-validator.toml` extends `automation-validator.toml`",
        ),
    ],
)
def test_an_entry_that_is_wrong(entry: str, message: str, tmp_path: Path) -> None:
    path = write(tmp_path, "automation-validator.toml", f'extends = [\n  "{entry}"\n]\n')
    with pytest.raises(ConfigError) as caught:
        load_config(path)
    assert caught.value.position == (2, 3)
    assert message in caught.value.message


def test_a_cycle_is_an_error_where_it_is_closed(tmp_path: Path) -> None:
    path = write(tmp_path, "a.toml", 'extends = "b.toml"\n')
    write(tmp_path, "b.toml", '\nextends = "c.toml"\n')
    write(tmp_path, "c.toml", 'shell = "sh"\nextends = "b.toml"\n')
    with pytest.raises(ConfigError) as caught:
        load_config(path)
    assert caught.value.path == str(tmp_path / "c.toml")
    assert caught.value.position == (2, 11)
    assert "in a cycle: `b.toml` extends `c.toml` extends `b.toml`" in caught.value.message


def test_depth_and_number_are_bounded(tmp_path: Path) -> None:
    for number in range(DEEPEST + 2):
        write(tmp_path, f"{number}.toml", f'extends = "{number + 1}.toml"\n')
    write(tmp_path, f"{DEEPEST + 2}.toml", "")
    with pytest.raises(ConfigError, match=f"more than {DEEPEST} configurations extend one another"):
        load_config(tmp_path / "0.toml")
    assert load_config(tmp_path / "2.toml")
    many = [f"m{number}.toml" for number in range(30)]
    for name in many:
        write(tmp_path, name, "")
    with pytest.raises(ConfigError, match="consists of more than 20 files"):
        load_config(write(tmp_path, "many.toml", f"extends = {many}\n"))


def test_an_error_in_an_extended_file_is_at_its_place(tmp_path: Path) -> None:
    write(tmp_path, "shared/base.toml", '\nignore = ["unkown-field"]\n')
    write(tmp_path, "automation-validator.toml", 'extends = "shared/base.toml"\n')
    done = run_in(tmp_path, "check")
    assert done.returncode == 2
    assert done.stderr.startswith(b"shared/base.toml:2:11: unknown rule `unkown-field`")


def test_nothing_of_an_extended_file_is_shown(tmp_path: Path) -> None:
    write(tmp_path, "secrets.toml", 'password = "hunter2"\n')
    write(tmp_path, "app/automation-validator.toml", 'extends = "../secrets.toml"\n')
    write(tmp_path, "app/.ona/config.yaml", "tasks: {}\n")
    write(tmp_path, ".ona/config.yaml", "tasks: {}\n")
    done = run_in(tmp_path, "check")
    assert done.returncode == 2
    assert b"secrets.toml: error[unreadable-file]" in done.stdout
    assert b"hunter2" not in done.stdout + done.stderr
