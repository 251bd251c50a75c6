"""The commands `rules` and `explain`."""

import json
from pathlib import Path

import pytest

from tests.checkout import ROOT
from tests.command import run, run_in
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
        (
            ["--all", "wrong-type"],
            "--all can't be used together with names of rules or groups.",
        ),
        (["trigers"], "unknown rule `trigers`; did you mean `triggers`?"),
        (["own"], "the configuration has no rules of its own"),
        (["wrong-typ"], "unknown rule `wrong-typ`; did you mean `wrong-type`?"),
    ],
)
def test_wrong_usage_of_explain(arguments: list[str], error: str) -> None:
    done = run("explain", *arguments)
    assert done.returncode == 2
    assert error in done.stderr.decode()


OWN_RULES = """
[[rules]]
name = "acme-description"
on = "tasks.*"
schema = { required = ["description"] }
message = "every task needs a description"
severity = "error"
why = "Newcomers choose\\u001b tasks by it."

[[rules]]
name = "acme-cron"
schema = { not = {} }
message = "no automations."
kind = "workflow-file"
"""


def test_rules_of_ones_own_are_listed_and_explained(tmp_path: Path) -> None:
    def listed(*arguments: str) -> list[str]:
        content = json.loads(run_in(tmp_path, "rules", "--format", "json", *arguments).stdout)
        names = [rule["name"] for rule in content["rules"] if rule["group"] == "own"]
        assert ("own" in [group["name"] for group in content["groups"]]) == bool(names)
        return names

    file = tmp_path / "team.toml"
    file.write_text(OWN_RULES)
    (tmp_path / "automation-validator.toml").write_text('extends = "team.toml"\n')
    both = ["acme-description", "acme-cron"]
    assert listed() == listed("--config", str(file)) == both
    assert listed("--kind", DEFAULT_KIND) == ["acme-description"]
    assert listed("--isolated") == []
    shown = run_in(tmp_path, "rules").stdout.decode()
    assert "\nown: " in shown
    assert "every task needs a description\n" in shown
    explained = run_in(tmp_path, "explain", "acme-description", "acme-cron").stdout.decode()
    assert explained.startswith(
        "acme-description (error; group own)\n\nevery task needs a description.\n\n"
        "Newcomers choose\\u{1b} tasks by it.\n\nSource: team.toml.\n\n"
    )
    assert "\n\nno automations.\n\nSource: team.toml." in explained
    content = json.loads(run_in(tmp_path, "explain", "own", "--format", "json").stdout)
    assert [(each["name"], each["docs"]) for each in content["rules"]] == [(n, "") for n in both]
    near = run_in(tmp_path, "explain", "acme-corn").stderr
    assert b"unknown rule `acme-corn`; did you mean `acme-cron`?" in near
    assert run_in(tmp_path, "explain", "acme-cron", "--isolated").returncode == 2


def test_a_configuration_that_is_wrong_leaves_the_rules_of_the_program_explained(
    tmp_path: Path,
) -> None:
    (tmp_path / "automation-validator.toml").write_text("select = 1\n")
    assert run_in(tmp_path, "explain", "wrong-type", "security").returncode == 0
    assert run_in(tmp_path, "rules").returncode == 2


def test_the_rules_of_some_groups_are_listed() -> None:
    def listed(*arguments: str) -> list[tuple[str, str]]:
        content = json.loads(run("rules", *arguments, "--format", "json").stdout)
        assert {each["group"] for each in content["rules"]} <= {
            each["name"] for each in content["groups"]
        }
        return [(each["group"], each["name"]) for each in content["rules"]]

    every = listed()
    for groups in (["references"], ["triggers", "references"], ["files", "files"]):
        assert listed(*groups) == [each for each in every if each[0] in groups]
    assert ("references", "self-dependency") in listed("references")
    by_kind = listed("--kind", "workflow-file")
    assert listed("references", "--kind", "workflow-file") == [
        each for each in by_kind if each[0] == "references"
    ]
    text = run("rules", "security").stdout.decode()
    assert text.startswith("security: ")
    assert "\n\n" not in text


def test_a_group_without_rules_for_a_kind_is_said() -> None:
    done = run("rules", "workflows", "--kind", "task")
    assert (done.returncode, done.stdout) == (0, b"")
    said = b"No rule of these groups applies to documents of the kind `task`.\n"
    assert done.stderr == said


@pytest.mark.parametrize(
    ("name", "error"),
    [
        ("refrences", "`refrences` is not a group; did you mean `references`?"),
        ("unknown-field", "`unknown-field` is a rule; `explain unknown-field` explains it"),
        ("own", "the configuration has no rules of its own"),
    ],
)
def test_what_is_no_group(name: str, error: str) -> None:
    done = run("rules", "references", name)
    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr.decode().endswith(f"Error: Invalid value for GROUP: {error}\n")
