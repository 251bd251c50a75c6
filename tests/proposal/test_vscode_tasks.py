"""`.vscode/tasks.json`: commands, variables, dependencies."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.proposal.repositories import notes, proposed, scripts
from validator import Proposal
from validator.proposal.folder import without_comments


def of_tasks(folder: Path, *tasks: dict[str, Any], **others: str | bytes) -> Proposal:
    return proposed(folder, {".vscode/tasks.json": json.dumps({"tasks": tasks}), **others})


@pytest.mark.parametrize(
    ("task", "script"),
    [
        ({"command": "make it | tee log"}, "make it | tee log"),
        ({"type": "shell", "command": "make", "args": ["a b", "-c"]}, "make 'a b' -c"),
        (
            {"command": "make", "args": ["$X", {"value": "c d", "quoting": "strong"}]},
            "make $X 'c d'",
        ),
        ({"command": {"value": "my tool"}, "args": []}, "'my tool'\n"),
        ({"type": "process", "command": "a b", "args": ["$X", ""]}, "'a b' '$X' ''\n"),
        ({"type": "npm", "script": "lint"}, "npm run lint"),
        ({"type": "npm", "script": "test", "path": "web/"}, "cd web/\nnpm test\n"),
        ({"command": "x.exe", "linux": {"command": "x"}, "windows": {"command": "y"}}, "x"),
        ({"command": "a", "options": {"cwd": "${workspaceFolder}"}}, "a"),
        ({"command": "a", "options": {"cwd": "${workspaceFolder}/b c"}}, "cd 'b c'\na\n"),
        ({"command": "${workspaceFolder}/bin/a"}, "bin/a"),
        ({"command": "ls ${workspaceFolder}"}, "ls ."),
        (
            {"command": "ls ${workspaceRoot}/x", "options": {"cwd": "a/b"}},
            "cd a/b\nls ../../x\n",
        ),
        (
            {"command": "a", "options": {"env": {"A": "it's", "B-C": "1", "D": 2}}},
            "export A='it'\"'\"'s'\na\n",
        ),
    ],
)
def test_a_command(tmp_path: Path, task: dict[str, Any], script: str) -> None:
    assert scripts(of_tasks(tmp_path, {"label": "A", **task})) == {"a": script}


@pytest.mark.parametrize(
    ("task", "why"),
    [
        ({"label": "A"}, "`A`: it runs nothing"),
        ({"command": "ls"}, "a task without a label"),
        ({"label": "A", "command": "x ${file}"}, "`A`: it uses `${file}`, which only VS Code"),
        ({"label": "A", "command": "x", "args": ["${input:b}"]}, "`A`: it uses `${input:b}`"),
        ({"label": "A", "type": "gulp", "task": "b"}, "`A`: tasks of the type `gulp` need the"),
        ({"label": "A", "command": "echo 'a"}, "`A`: its script can't be read as one of a shell"),
        ({"label": "A", "command": "echo \u0007"}, "`A`: its script contains a control character"),
        ({"label": "\u0007", "command": "ls"}, "`\u0007`: its name contains only whitespace"),
        (
            {"label": "A", "command": "${workspaceFolder}/b", "options": {"cwd": "/tmp"}},
            "`A`: it uses the folder, and is run in another one",
        ),
    ],
)
def test_a_task_that_is_left_out(tmp_path: Path, task: dict[str, Any], why: str) -> None:
    proposal = of_tasks(tmp_path, task)
    assert proposal.file == ""
    assert f".vscode/tasks.json: left out: {why}" in notes(proposal)


def test_dependencies_become_references(tmp_path: Path) -> None:
    proposal = of_tasks(
        tmp_path,
        {"label": "All: a & b", "command": "x", "dependsOn": ["Ä b", {"task": "Ä b"}, "é"]},
        {"label": "Ä b", "command": "y", "dependsOn": "é"},
        {"label": "é", "command": "z", "dependsOn": ["Ä b", "none"]},
    )
    tasks = yaml.safe_load(proposal.file)["tasks"]
    assert {name: item.get("dependsOn") for name, item in tasks.items()} == {
        "all-a-b": ["a-b", "e"],
        "a-b": ["e"],
        "e": None,
    }
    assert "`e` does not depend on `Ä b`: they would wait for each other" in notes(proposal)
    assert "`e` does not depend on `none`: it is not proposed" in notes(proposal)


def test_a_task_that_depends_on_itself(tmp_path: Path) -> None:
    proposal = of_tasks(tmp_path, {"label": "a", "command": "x", "dependsOn": "a"})
    assert "dependsOn" not in proposal.file
    assert "they would wait for each other" in notes(proposal)


def test_a_command_of_another_file_gets_the_label(tmp_path: Path) -> None:
    proposal = of_tasks(
        tmp_path,
        {"type": "npm", "script": "build"},
        {"label": "Ship", "command": "./ship", "dependsOn": "npm: build"},
        **{"package.json": '{"scripts": {"build": "tsc"}}'},
    )
    assert scripts(proposal) == {"build": "npm run build", "ship": "./ship"}
    assert yaml.safe_load(proposal.file)["tasks"]["ship"]["dependsOn"] == ["build"]


def test_background_tasks_and_servers_are_services(tmp_path: Path) -> None:
    opened = {"runOptions": {"runOn": "folderOpen"}}
    proposal = of_tasks(
        tmp_path,
        {"label": "Web", "command": "vite --port 3000", "dependsOn": "Watch", **opened},
        {"label": "Watch", "command": "tsc -w", "isBackground": True},
    )
    content = yaml.safe_load(proposal.file)
    assert content["services"]["web"] == {
        "name": "Web",
        "commands": {
            "start": "vite --port 3000",
            "ready": "curl -s -o /dev/null http://localhost:3000",
        },
        "triggeredBy": ["postEnvironmentStart"],
    }
    assert content["services"]["watch"]["triggeredBy"] == ["manual"]
    assert "`Web` is a service, which can't depend on anything: it does not wait" in notes(proposal)


def test_at_most_a_hundred_tasks(tmp_path: Path) -> None:
    many = [{"label": f"t{number}", "command": "ls"} for number in range(120)]
    proposal = of_tasks(tmp_path, *many)
    assert len(scripts(proposal)) == 100
    assert "left out: the last 20 of 120 tasks" in notes(proposal)


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ('{"a": "//b", /* c */ "d": [1, 2, ],}', {"a": "//b", "d": [1, 2]}),
        ('// x "\n{"a": "\\"/*", // y, }\n "b": ",]", }', {"a": '"/*', "b": ",]"}),
        ("{/* \n */}", {}),
    ],
)
def test_comments_and_trailing_commas(text: str, content: object) -> None:
    without = without_comments(text)
    assert json.loads(without) == content
    assert len(without) == len(text)
    assert without.count("\n") == text.count("\n")


@pytest.mark.parametrize("text", ['"' * 99_999, "/*" * 99_999, '"\\' * 99_999, "," * 99_999])
def test_comments_are_removed_in_linear_time(text: str) -> None:
    assert len(without_comments(text)) == len(text)
