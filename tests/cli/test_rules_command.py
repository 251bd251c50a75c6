"""The commands `rules` and `explain`."""

import json
from pathlib import Path

import pytest

from tests.checkout import ROOT
from tests.command import run
from validator import check_text
from validator.cli.rule_kinds import applies
from validator.kinds import DEFAULT_KIND, KINDS
from validator.rules import all_rules, in_groups

FIXTURES = ROOT / "fixtures"
FILES = sorted([*FIXTURES.glob("rules/*/bad-*"), *FIXTURES.glob("broken/.ona/*")])


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_rules_apply_to_the_kinds_in_which_they_find_something(path: Path) -> None:
    report = check_text(path.read_bytes(), path=path.name)
    if report.kind in KINDS:
        found = {each.rule for each in report.findings}
        assert [name for name in found if not applies(all_rules()[name], report.kind)] == []


def test_rules_of_a_kind() -> None:
    def names(*arguments: str) -> set[str]:
        content = json.loads(run("rules", "--format", "json", *arguments).stdout)
        return {rule["name"] for rule in content["rules"]}

    of_files, of_workflows = names("--kind", DEFAULT_KIND), names("--kind", "workflow-file")
    assert "never-triggered" in of_files - of_workflows
    assert "invalid-cron" in of_workflows - of_files
    assert {"unknown-field", "yaml-syntax", "secret-in-file"} <= of_files & of_workflows
    assert "step-order" in names("--kind", "task-execution") - of_files - of_workflows
    shown = run("rules", "--kind", "workflow-file").stdout.decode()
    assert "workflows: " in shown
    assert "executions: " not in shown
    assert b"did you mean `task`?" in run("rules", "--kind", "tasks").stderr


def test_several_rules_and_groups_are_explained_each_once() -> None:
    shown = run("explain", "wrong-type", "security", "wrong-type").stdout.decode()
    heads = [line for line in shown.splitlines() if "; group " in line]
    names = ["wrong-type", *(rule.name for rule in in_groups()["security"])]
    assert [head.split()[0] for head in heads] == names
    one = run("explain", "wrong-type").stdout.decode()
    assert shown.startswith(one.rstrip("\n"))


def test_all_rules_are_explained() -> None:
    content = json.loads(run("explain", "--all", "--format", "json").stdout)
    assert [rule["name"] for rule in content["rules"]] == list(all_rules())
    some = json.loads(run("explain", "wrong-type", "--format", "json").stdout)
    assert some["rules"] == [rule for rule in content["rules"] if rule["name"] == "wrong-type"]
    assert some["rules"][0]["group"] == "structure"


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        ([], "name rules or groups, or use --all; `rules` lists them."),
        (["--all", "wrong-type"], "name rules or groups, or use --all; `rules` lists them."),
        (["trigers"], "`trigers` is not a rule or a group; did you mean `triggers`?"),
        (["wrong-typ"], "unknown rule `wrong-typ`; did you mean `wrong-type`?"),
    ],
)
def test_wrong_usage_of_explain(arguments: list[str], error: str) -> None:
    done = run("explain", *arguments)
    assert done.returncode == 2
    assert error in done.stderr.decode()
