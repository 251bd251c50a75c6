"""Invariants of all output formats: nothing is forged, and memory does not grow."""

import json
import re
import sys
import tracemalloc
from pathlib import Path
from xml.etree import ElementTree

import jsonschema
import pytest

from tests.command import run
from tests.output.test_github import commands
from tests.reports import TEXT, fixed, rename, report, written
from validator import output, schemas
from validator.report import Totals

EVIL = "\033]]>\"'<&[2J##[error]\u202e\n::error::forged\r##vso[task.complete]##[error]\u2028%0A,:"
DOCUMENT = f"tasks:\n  {json.dumps(EVIL)}: {{name: A, command: a}}\n"
HARMFUL = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")


def lines(text: str) -> list[str]:
    return text.removesuffix("\n").split("\n")


@pytest.mark.parametrize("name", output.FORMATS)
@pytest.mark.parametrize("in_path", [True, False])
def test_neither_a_path_nor_a_key_can_forge_output(
    name: str, in_path: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    text, path = (TEXT, EVIL) if in_path else (DOCUMENT, "a.yaml")
    (finding,) = report(text, path).findings[:1]
    shown = written(name, report(text, path))
    assert not HARMFUL.search(shown)
    assert not re.search(r"##\w*\[", shown)
    if name == "github":
        assert [command[1]["title"] for command in commands(shown)] == [
            each.rule for each in report(text, path).findings
        ]
        # One more line says where each is.
        summary = 2 if lines(shown)[-1].startswith("[*]") else 1
        assert 2 * len(commands(shown)) == len(lines(shown)) - summary
    else:
        assert commands(shown) == []
    if name == "concise":
        assert len(lines(shown)) == len(report(text, path).findings)
    if name in ("json", "sarif", "gitlab"):
        assert finding.rule in json.dumps(json.loads(shown))
        assert shown.isascii()
    if name == "junit":
        (case,) = ElementTree.fromstring(shown).iter("testcase")
        assert "]]>\"'<&" in (str(case.get("name")) if in_path else "".join(case.itertext()))


@pytest.mark.parametrize("name", ["concise", "text"])
@pytest.mark.parametrize("path", ["::error::forged", "  ::error::forged"])
def test_a_file_name_that_is_a_command_is_none(name: str, path: str) -> None:
    assert written(name, report(path=path)).startswith(f"./{path}:4:5: error[unknown-field]")


@pytest.mark.skipif(sys.platform == "darwin", reason="its file names are Unicode")
@pytest.mark.parametrize("name", output.FORMATS)
def test_a_name_that_is_no_text_is_written_all_the_same(name: str, tmp_path: Path) -> None:
    path = str(tmp_path / "\udcff.yaml")
    Path(path).write_text(TEXT)
    done = run("check", path, "--format", name)
    assert (done.returncode, done.stderr) == (1, b"")
    assert done.stdout


@pytest.mark.parametrize("name", output.FORMATS)
def test_memory_does_not_grow_with_the_number_of_files(name: str) -> None:
    totals = Totals()
    writer = output.create(name, len, color=False, width=100)
    found = report()

    def write(count: int) -> int:
        for _ in range(count):
            totals.add(found)
            writer.report(found)
        return tracemalloc.get_traced_memory()[0]

    tracemalloc.start()
    try:
        assert write(1000) - write(100) < 10_000
    finally:
        tracemalloc.stop()
        writer.finish(totals)


def test_json_has_the_fixes() -> None:
    found = report("\ufeff" + TEXT)
    shown = json.loads(written("json", fixed(found, rename(found, "comand", "command"))))
    jsonschema.Draft7Validator(schemas.load("json-output.schema.json")).validate(shown)
    start = found.text.value.index("comand")
    end = start + len("comand")
    assert shown["files"][0]["findings"][0]["fixes"] == [
        {
            "title": "rename to `command`",
            "safe": True,
            "edits": [
                {
                    "place": {
                        "start": {"line": 4, "column": 5, "offset": start},
                        "end": {"line": 4, "column": 11, "offset": end},
                    },
                    "text": "command",
                }
            ],
        }
    ]
