"""Groups of rules, presets, and which of two settings counts."""

from pathlib import Path

import pytest

from tests.command import run, run_in
from validator import Config, Severity, check_text, load_config
from validator.rule import GROUPS
from validator.rules import BLOCKING, INDEX, OPTIONAL, SELECTORS

BOTH = "tasks: {a: {name: A, command: x, dependsOn: [a, a]}}\n"
WARNING = "tasks: {a: {name: ' ', command: x, triggeredBy: [manual]}}\n"


def used(config: Config) -> set[str]:
    return {rule for rule in INDEX if config.uses(rule)} - BLOCKING


def test_no_rule_has_the_name_of_a_selector() -> None:
    assert INDEX.keys().isdisjoint(SELECTORS)


@pytest.mark.parametrize("group", GROUPS)
def test_a_group_selects_its_rules(group: str) -> None:
    members = {rule for rule, entry in INDEX.items() if entry.group == group} - BLOCKING
    assert used(Config(select=[group])) == members
    assert used(Config(ignore=[group])) == used(Config()) - members
    assert used(Config(select=["ALL"], ignore=[group])) == used(Config(select=["ALL"])) - members


def test_presets() -> None:
    assert used(Config(select=["recommended"])) == used(Config())
    assert used(Config(select=["recommended"])) == INDEX.keys() - OPTIONAL - BLOCKING
    assert (
        used(Config(select=["ALL"])) == used(Config(select=["strict"])) == INDEX.keys() - BLOCKING
    )
    assert used(Config(select=["recommended", "pipe-hides-failure"])) == used(Config()) | {
        "pipe-hides-failure"
    }
    assert used(Config(ignore=["ALL"])) == set()


@pytest.mark.parametrize(
    ("select", "ignore", "is_used"),
    [
        (["references"], ["self-dependency"], False),
        (["self-dependency"], ["references"], True),
        (["self-dependency"], ["self-dependency"], False),
        (["references"], ["references"], False),
        (["references"], ["ALL"], True),
        (["strict"], ["references"], False),
        (["strict", "self-dependency"], ["references"], True),
        (["triggers"], [], False),
    ],
)
def test_the_more_specific_name_counts(select: list[str], ignore: list[str], is_used: bool) -> None:
    assert Config(select=select, ignore=ignore).uses("self-dependency") is is_used


def test_what_a_path_ignores_is_ignored_however_it_is_selected(tmp_path: Path) -> None:
    path = tmp_path / "automation-validator.toml"
    path.write_text('select = ["self-dependency"]\n[per-path."old/"]\nignore = ["references"]\n')
    config = load_config(path)
    rules = {
        each.rule for each in check_text(BOTH, path=str(tmp_path / "a"), config=config).findings
    }
    assert rules == {"self-dependency"}
    assert check_text(BOTH, path=str(tmp_path / "old/a"), config=config).findings == ()


@pytest.mark.parametrize(
    ("setting", "name", "message"),
    [
        ("select", "referenses", "unknown rule `referenses`; did you mean `references`?"),
        ("ignore", "securty", "unknown rule `securty`; did you mean `security`?"),
        ("select", "strickt", "unknown rule `strickt`; did you mean `strict`?"),
        (
            "ignore",
            "strict",
            "`strict` selects several rules, and can't be ignored; name groups or rules, or `ALL`",
        ),
    ],
)
def test_a_wrong_name(setting: str, name: str, message: str, tmp_path: Path) -> None:
    with pytest.raises(ValueError) as caught:
        Config(**{setting: [name]})  # type: ignore[arg-type]
    assert str(caught.value) == message
    (tmp_path / "automation-validator.toml").write_text(f'{setting} = ["{name}"]\n')
    done = run_in(tmp_path, "check", "-", stdin=b"")
    assert done.returncode == 2
    assert message in done.stderr.decode()
    done = run("check", "-", "--isolated", f"--{setting}", name, stdin=b"")
    assert done.returncode == 2
    assert message in done.stderr.decode()


def test_a_severity_is_that_of_a_rule() -> None:
    message = "`security` is a group; a severity is that of a rule"
    with pytest.raises(ValueError, match=message):
        Config(severity={"security": "error"})


def test_strict_makes_warnings_fail(tmp_path: Path) -> None:
    path = tmp_path / "automation-validator.toml"
    path.write_text('select = ["strict"]\n')
    assert load_config(path).fail_on == Severity.WARNING
    path.write_text('select = ["strict"]\nfail-on = "error"\n')
    assert load_config(path).fail_on == Severity.ERROR
    for arguments, code in ((["--select", "strict"], 1), (["--select", "ALL"], 0), ([], 0)):
        done = run("check", "-", "--isolated", *arguments, stdin=WARNING.encode())
        assert done.returncode == code, (arguments, done.stdout)
    done = run("check", "-", "--select", "strict", "--fail-on", "error", stdin=WARNING.encode())
    assert done.returncode == 0
