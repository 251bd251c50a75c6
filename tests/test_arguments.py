"""What the library says of arguments that can't be."""

from __future__ import annotations

import asyncio
import importlib.metadata
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import validator
from tests.checkout import ROOT
from tests.command import run
from validator import (
    Config,
    Limits,
    OwnRule,
    Severity,
    check_file,
    check_object,
    check_paths,
    check_text,
    find_config,
    find_files,
    fix_text,
    load_config,
    migrate_text,
    propose,
)

UNKNOWN = "tasks:\n  a: {name: A, comand: make, triggeredBy: [manual]}\n"


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"ignore": "x"}, "`ignore` takes several names: write {'x'}, not 'x'"),
        ({"select": "x"}, "`select` takes several names: write {'x'}, not 'x'"),
        ({"select": 1}, "`select` takes names as strings, not int"),
        ({"ignore": [None]}, "`ignore` takes names as strings, but contains None"),
        ({"select": [1]}, "`select` takes names as strings, but contains int"),
        ({"rules": [{}]}, "`rules` must be an OwnRule, not dict"),
        ({"files": "*.yaml"}, "`files` takes several names: write {'*.yaml'}, not '*.yaml'"),
        ({"severity": ["x"]}, "`severity` must be a Mapping, not list"),
        ({"severity": {"wrong-type": 3}}, "`severity` takes a Severity, or its name, not int"),
        ({"fail_on": None}, "`fail_on` takes a Severity, or its name, not None"),
        ({"limits": {"max_bytes": 1}}, "`limits` must be a Limits, not dict"),
        ({"limits": Limits(max_depth=True)}, "the limit `max_depth` must be a whole number, not "),
        ({"folder": b"x"}, "a path must be a string or a path object, not bytes"),
    ],
)
def test_a_configuration_of_wrong_types(settings: dict[str, Any], message: str) -> None:
    with pytest.raises(TypeError) as raised:
        Config(**settings)
    assert str(raised.value).startswith(message)


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"schema": []}, "`schema` must be a Mapping, not list"),
        ({"schema": {}, "on": 3}, "`on` must be a string or a list of strings"),
        ({"schema": {}, "on": ["tasks", 3]}, "`on` must be a string or a list of strings"),
    ],
)
def test_a_rule_of_wrong_types(fields: dict[str, Any], message: str) -> None:
    with pytest.raises(TypeError) as raised:
        OwnRule("acme-x", message="m", **fields)
    assert str(raised.value) == message


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"fail_on": "fatal"}, "`fail_on` takes 'hint', 'warning', 'error', not 'fatal'"),
        ({"severity": {"wrong-type": "ERROR"}}, "`severity` takes 'hint', 'warning', 'error', "),
        ({"ignore": ["wrong-typ"]}, "unknown rule `wrong-typ`; did you mean `wrong-type`?"),
        ({"limits": Limits(max_nodes=-1)}, "the limit `max_nodes` must be at least 0, not -1"),
        ({"kind": "tasks"}, "unknown kind 'tasks'; the kinds are "),
        ({"shellcheck": "yes"}, "`shellcheck` takes None, 'auto', 'on', 'off', not 'yes'"),
        ({"shell": "zsh"}, "`shell` takes 'bash', 'sh', not 'zsh'"),
    ],
)
def test_a_configuration_of_wrong_values(settings: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError) as raised:
        Config(**settings)
    assert str(raised.value).startswith(message)


def test_collections_and_names_are_taken() -> None:
    config = Config(
        select=["unknown-field"],
        ignore=("wrong-type",),
        severity={"unknown-field": "hint"},
        fail_on="hint",
        files=["*.yaml"],
    )
    assert config.select == frozenset({"unknown-field"})
    assert config.severity == {"unknown-field": Severity.HINT}
    assert (config.fail_on, config.files) == (Severity.HINT, ("*.yaml",))
    assert config == Config(
        select=frozenset({"unknown-field"}),
        ignore=frozenset({"wrong-type"}),
        severity={"unknown-field": Severity.HINT},
        fail_on=Severity.HINT,
        files=("*.yaml",),
    )
    (finding,) = check_text(UNKNOWN, config=config).findings
    assert finding.severity == Severity.HINT


@pytest.mark.parametrize("text", [None, 1, Path("a.yaml"), ["tasks:"]])
def test_what_is_no_text(text: Any) -> None:
    kind = "None" if text is None else type(text).__name__
    for function in (check_text, migrate_text):
        with pytest.raises(TypeError, match=rf"^the text must be a string or bytes, not {kind}$"):
            function(text)
    with pytest.raises(TypeError, match=r"^the text must be a string, not "):
        fix_text(text)


@pytest.mark.parametrize("config", [{}, "x", [], 0])
def test_what_is_no_configuration(config: Any, tmp_path: Path) -> None:
    calls: list[Callable[[], object]] = [
        lambda: check_text("", config=config),
        lambda: check_object({}, config=config),
        lambda: check_file(tmp_path / "a.yaml", config=config),
        lambda: list(check_paths([tmp_path], config=config)),
        lambda: list(find_files([tmp_path], config)),
        lambda: fix_text("", config=config),
        lambda: migrate_text("", config=config),
        lambda: propose(tmp_path, config=config),
    ]
    for call in calls:
        with pytest.raises(TypeError, match=r"^`config` must be a Config, not "):
            call()


def test_paths_may_be_path_objects(tmp_path: Path) -> None:
    file = tmp_path / ".ona" / "automations.yaml"
    file.parent.mkdir()
    file.write_text(UNKNOWN)
    settings = tmp_path / "automation-validator.toml"
    settings.write_text('ignore = ["unknown-field"]\n')
    assert check_text(UNKNOWN, path=file).path == str(file)
    assert check_file(file).path == str(file)
    assert fix_text(UNKNOWN, path=file).report.path == str(file)
    assert migrate_text("tasks: []", path=file).report.path == str(file)
    assert find_config(tmp_path) == str(settings)
    assert load_config(settings).ignore == {"unknown-field"}
    assert [*find_files([tmp_path])] == [str(file)]
    assert Config(folder=tmp_path).folder == str(tmp_path)
    name: Any = b"x"
    calls: list[Callable[[], object]] = [
        lambda: check_file(name),
        lambda: check_text("", path=name),
    ]
    for call in calls:
        with pytest.raises(
            TypeError, match=r"^a path must be a string or a path object, not bytes"
        ):
            call()


def test_a_report_as_json_is_what_the_command_prints() -> None:
    path = "fixtures/broken/.ona/automations.yaml"
    printed = run("check", path, "--format", "json").stdout
    report = check_text((ROOT / path).read_bytes(), path=path)
    assert report.to_dict() == json.loads(printed)
    assert json.loads(report.to_json()) == json.loads(printed)
    assert "\n" not in report.to_json()


def test_the_version() -> None:
    assert validator.__version__ == importlib.metadata.version("automation-validator")
    assert "__version__" not in validator.__all__


def test_fixes_are_applied() -> None:
    fixed = fix_text(UNKNOWN)
    assert fixed.text == UNKNOWN.replace("comand", "command")
    assert (fixed.count, fixed.report.findings) == (1, ())


def test_checks_run_beside_one_another_in_asyncio() -> None:
    async def all_of_them() -> list[bool]:
        texts = [UNKNOWN, "tasks: {}\n"] * 4
        reports = await asyncio.gather(*(asyncio.to_thread(check_text, text) for text in texts))
        return [report.ok for report in reports]

    assert asyncio.run(all_of_them()) == [False, True] * 4
