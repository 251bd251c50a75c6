"""No document and no file name can forge a line of output, in any format of any command."""

import json
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.command import run_in
from tests.optional import needs_graphviz, needs_posix
from tests.reports import written
from validator import check_text, drawing, output, read_document
from validator.drawing.changes import json as change_json
from validator.drawing.changes import markdown as change_markdown
from validator.drawing.changes import text as change_text
from validator.drawing.page.page import page
from validator.drawing.plans import (
    failure_json,
    plan_json,
    plan_mermaid,
    plan_text,
    sentences_text,
    why_json,
)
from validator.model import plan
from validator.model.plan_change import compare_plans
from validator.model.run_explanation import explain_run
from validator.sentences import failure, run

HARMFUL = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)
COMMAND = re.compile(r"##\w*\[|(?m:^)\s*::")
EVIL = "a\033[2J\r::error::b\n::error::c\n ##[error]d ###vso[task.x]e\u2028\u202ef\x85##teamcity[g]"

PIECES = st.sampled_from(
    ["\r", "\n", "\t", " ", "::", ":", "#", "##[", "##vso[", "[", "\033[2J", "\x85", "\u2028"]
)
TEXTS = st.lists(PIECES | st.characters(codec="utf-8"), max_size=12).map("".join)
examples = settings(deadline=None, max_examples=50)


def assert_harmless(text: str, *, commands: bool = False) -> None:
    """Nothing but visible characters, and no commands to a CI runner but, perhaps, ours."""
    assert not HARMFUL.search(text)
    if commands:
        text = re.sub(r"(?m)^::(error|warning|notice) [^:\n]+::.*$", "", text)
    assert not COMMAND.search(text)


def document(key: str, value: str) -> str:
    """An automations file with texts wherever a string may be, some of them invalid there."""
    items: dict[str, Any] = {
        "a": {"name": value, "command": value, "description": value, "dependsOn": [key, "b"]},
        "b": {"name": key, "command": "b", "dependsOn": ["a"], "triggeredBy": ["manual", value]},
        "c": {"name": "C", "command": "c", value: value, "triggeredBy": ["manual"]},
        key: {"name": value, "command": value, "triggeredBy": ["prebuild"]},
    }
    services = {"s": {"name": value, "commands": {"start": value, "ready": value}}}
    return json.dumps({"tasks": items, "services": services, value: 1})


@examples
@given(key=TEXTS, value=TEXTS, path=TEXTS)
@example(key=EVIL, value=EVIL, path=EVIL)
@example(key="b", value="\n::error::x", path="::error::x")
def test_no_report_is_forged(key: str, value: str, path: str) -> None:
    for text in (document(key, value), value):
        found = check_text(text, path=path)
        for name in output.FORMATS:
            assert_harmless(written(name, found), commands=name == "github")


@examples
@given(key=TEXTS, value=TEXTS)
@example(key=EVIL, value=EVIL)
@example(key="##[error]k", value="\n::error::v\n##[error]w")
def test_no_picture_is_forged(key: str, value: str) -> None:
    text = document(key, value)
    read = read_document(text)
    assert read is not None
    for format_ in drawing.FORMATS:
        assert_harmless(drawing.draw(drawing.diagram_of(read), format_))
    assert_harmless(page(read, check_text(text, path=value)))
    assert_harmless(page(None, check_text(value, path=key)))


@examples
@given(key=TEXTS, value=TEXTS)
@example(key=EVIL, value=EVIL)
def test_no_plan_is_forged(key: str, value: str) -> None:
    text = document(key, value)
    read = read_document(text)
    assert read is not None
    plans = list(plan.of_document(read))
    shown = [
        *plan_json.draw(plans),
        *plan_mermaid.draw(plans),
        *plan_text.draw(plans, read, color=False, width=80),
    ]
    for reference, automation in read.by_reference.items():
        explained = explain_run(read, reference)
        failed = failure.sections(read, plans, reference, single=False)
        for said in (run.sections(explained), failed):
            shown += sentences_text.draw(automation, said, color=False, width=40)
        shown.append(why_json.draw(explained))
        shown += failure_json.draw(read, plans, reference)
    assert_harmless("\n".join(shown))


@examples
@given(key=TEXTS, value=TEXTS, path=TEXTS)
@example(key=EVIL, value=EVIL, path=EVIL)
@example(key="::error::k", value="::error::v", path="::error::p")
def test_no_change_of_plans_is_forged(key: str, value: str, path: str) -> None:
    old, new = read_document(document("b", "x")), read_document(document(key, value))
    assert old is not None
    assert new is not None
    for change in (compare_plans(old, new), compare_plans(new, old)):
        shown = [
            *change_json.draw(change),
            *change_markdown.draw(change, path, path),
            *change_text.draw(change, color=False, width=80),
        ]
        assert_harmless("\n".join(shown))


@needs_posix
@pytest.mark.parametrize(
    "arguments",
    [
        *(["check", "PATH", "--format", name] for name in output.FORMATS),
        ["check", "PATH", "--diff"],
        ["check", "PATH", "--fix"],
        ["check", "PATH", "--baseline", "PATH"],
        ["check", "PATH", "--config", "PATH"],
        ["check", "PATH", "--config", "PATH-missing"],
        ["check", "PATH", "--write-baseline", "PATH.json"],
        ["check", "PATH", "--write-baseline", "PATH/no"],
        ["check", "-", "--stdin-filename", "PATH"],
        ["check", "PATH-missing"],
        ["check", "PATH", "--select", "PATH"],
        ["check", "PATH", "--kind", "PATH"],
        ["check", "PATH", "--PATH"],
        *(["plan", "PATH", "--format", name] for name in ("json", "mermaid", "text")),
        ["plan", "PATH", "--task", "PATH"],
        ["plan", "PATH", "--trigger", "PATH"],
        ["plan", "PATH", "--diff", "PATH"],
        ["plan", "PATH", "--diff", "git:PATH"],
        ["plan", "PATH", "--diff", "git:HEAD:PATH"],
        ["plan", "-", "--diff", "PATH-missing"],
        ["plan", "PATH", "--if-fails", "PATH"],
        ["why", "PATH", "PATH"],
        *(["check", ".", "--format", name] for name in ("text", "github", "sarif")),
        ["check", ".", "--jobs", "2"],
        ["check", "PATH-empty"],
        ["plan", "."],
        *(
            ["graph", "PATH", "--format", name]
            for name in ("dot", "html", "json", "mermaid", "svg")
        ),
        ["graph", "."],
        ["graph", "PATH", "-o", "PATH/no.svg"],
        ["graph", "PATH", "-o", "x.PATH"],
        ["graph", "PATH", "-o", "PATH"],
        ["explain", "PATH"],
        ["schema", "PATH"],
        ["lsp", "--tcp", "PATH"],
        ["PATH"],
    ],
    ids=" ".join,
)
@pytest.mark.parametrize("name", [EVIL, "::error::x"])
def test_no_command_is_forged(tmp_path: Path, arguments: list[str], name: str) -> None:
    """Neither by a file name, a document, nor an argument that a program passes on."""
    (tmp_path / name).write_text(document("b", EVIL), encoding="utf-8")
    for folder in ("one", "two"):
        place = tmp_path / f"{folder}{name}" / ".ona"
        place.mkdir(parents=True)
        (place / "automations.yaml").write_text(document("b", EVIL), encoding="utf-8")
        (place / "automation.yaml").write_text("tasks: {}\n", encoding="utf-8")
        # Messages about an ignore file that can't be used, and about a broken link.
        (place / ".gitignore").mkdir()
        (place / "automations.yml").symlink_to(name)
    (tmp_path / ".git").mkdir()
    (tmp_path / f"{name}-empty").mkdir()
    (tmp_path / f"{name}-empty" / ".gitpod.yml").write_text("tasks: []\n", encoding="utf-8")
    given_ = [each.replace("PATH", name) for each in arguments]
    done = run_in(tmp_path, *given_, stdin=document("b", EVIL).encode(), CI="true")
    github = "github" in arguments
    assert_harmless(done.stdout.decode(), commands=github)
    assert_harmless(done.stderr.decode())
    assert done.returncode in (0, 1, 2)


@needs_posix
@pytest.mark.parametrize(
    "text",
    [
        'select = ["NAME"]',
        'ignore = ["NAME"]',
        '"NAME" = 1',
        '"NAME',
        'severity = { "NAME" = "error" }',
        'severity = { "unknown-field" = "NAME" }',
        'per-path = { "NAME" = { "NAME" = 1 } }',
        'per-path = { "NAME" = { kind = "NAME" } }',
        'files = ["NAME"]',
        "# \r\n# \x1b",
        "[tool\r::error::x",
    ],
)
def test_no_error_of_the_configuration_is_forged(tmp_path: Path, text: str) -> None:
    folder = tmp_path / EVIL / ".ona"
    folder.mkdir(parents=True)
    (folder / "automations.yaml").write_text("tasks: {}\n", encoding="utf-8")
    config = text.replace("NAME", json.dumps(EVIL)[1:-1])
    (tmp_path / EVIL / "automation-validator.toml").write_bytes(config.encode())
    for command in ("check", "plan") if "select" in text else ("check",):
        done = run_in(tmp_path / EVIL, command, CI="true")
        assert_harmless(done.stdout.decode())
        assert_harmless(done.stderr.decode())


@needs_graphviz
def test_graphviz_shows_the_characters_that_were_meant() -> None:
    read = read_document('tasks: {a: {name: "##[error] ###vso[x] &#35;", command: c}}')
    assert read is not None
    text = drawing.draw(drawing.diagram_of(read), "dot")
    done = subprocess.run(["dot", "-Tsvg"], input=text.encode(), capture_output=True, check=True)
    assert "##[error] ###vso[x] &amp;#35;</text>" in done.stdout.decode().replace("&#35;", "#")
