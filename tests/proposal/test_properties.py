"""What holds for the proposal for any repository."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from tests import oracle
from tests.proposal.repositories import repository
from validator import Proposal, Severity, check_text, propose

SCRIPTS = st.sampled_from(
    ["vite", "next dev -p 70", "npm run dev", "tsc", "docker compose up -d", "a 'b", "a &", "#", ""]
)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text() | SCRIPTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)
PACKAGES = st.fixed_dictionaries(
    {},
    optional={
        "scripts": st.dictionaries(
            st.sampled_from(["dev", "start", "build", "test", "serve", "x"]), SCRIPTS | VALUES
        )
        | VALUES,
        "packageManager": st.sampled_from(["pnpm@9", "yarn@4"]) | VALUES,
        "dependencies": VALUES,
        "workspaces": VALUES,
    },
)
LABELS = st.sampled_from(["a", "b", "A", "", "yes", "1", "é", "install"]) | st.text(max_size=5)
NEEDS = LABELS | st.lists(LABELS | st.fixed_dictionaries({"task": LABELS}), max_size=4) | VALUES
TASKS = st.fixed_dictionaries(
    {"label": LABELS | VALUES},
    optional={
        "type": st.sampled_from(["shell", "process", "npm"]) | VALUES,
        "command": SCRIPTS | VALUES,
        "args": st.lists(st.text(max_size=5)) | VALUES,
        "dependsOn": NEEDS,
        "isBackground": st.booleans() | VALUES,
        "options": st.fixed_dictionaries({}, optional={"cwd": st.text(), "env": VALUES}) | VALUES,
        "group": st.just({"kind": "test"}) | VALUES,
        "linux": VALUES,
        "script": SCRIPTS | VALUES,
    },
)
SERVICES = st.dictionaries(
    st.sampled_from(["a", "b c", "d"]) | st.text(max_size=5),
    st.fixed_dictionaries(
        {},
        optional={
            "build": VALUES,
            "healthcheck": st.just({"test": "a"}) | VALUES,
            "ports": st.lists(st.sampled_from(["80:80", 5432, "99999:1"]) | VALUES) | VALUES,
            "profiles": VALUES,
        },
    )
    | VALUES,
)
LINES = st.lists(
    st.sampled_from(["web: a $PORT", "b: c", "build:", "\tcc", "test: x ; y", "run:", "\tvite"])
    | st.text(max_size=9)
).map("\n".join)


def proposal_of(files: dict[str, str | bytes]) -> Proposal:
    with tempfile.TemporaryDirectory() as folder:
        return propose(repository(Path(folder), files))


def check(proposal: Proposal) -> None:
    if proposal.ok:
        found = check_text(proposal.file, kind="automations-file").findings
        assert [each for each in found if each.severity >= Severity.WARNING] == []
        assert oracle.accepts("automations-file", yaml.safe_load(proposal.file))


@settings(max_examples=150, deadline=None)
@given(PACKAGES | VALUES)
def test_any_package(package: Any) -> None:
    check(proposal_of({"package.json": json.dumps(package)}))


@settings(max_examples=200, deadline=None)
@given(st.lists(TASKS, max_size=6), st.booleans())
def test_any_tasks(tasks: list[Any], package: bool) -> None:
    files: dict[str, str | bytes] = {".vscode/tasks.json": json.dumps({"tasks": tasks})}
    if package:
        files["package.json"] = '{"scripts": {"build": "tsc"}, "dependencies": {"a": "1"}}'
    check(proposal_of(files))


@settings(max_examples=150, deadline=None)
@given(SERVICES)
def test_any_services(services: Any) -> None:
    text = json.dumps({"services": services}, ensure_ascii=True)
    check(proposal_of({"compose.yaml": text}))


@settings(max_examples=150, deadline=None)
@given(LINES, st.sampled_from(["Makefile", "Procfile", "requirements.txt", "pyproject.toml"]))
def test_any_lines(text: str, name: str) -> None:
    check(proposal_of({name: text.encode("utf-8", "replace")}))


@pytest.mark.parametrize("name", ["package.json", "compose.yaml"])
def test_it_is_the_same_each_time(name: str) -> None:
    files: dict[str, str | bytes] = {name: '{"scripts": {"dev": "vite"}, "services": {"a": {}}}'}
    assert proposal_of(files) == proposal_of(files)
