"""Files that are broken, huge, or not what their names say: a note, and never an exception."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from tests.optional import needs_posix
from tests.proposal.repositories import notes, proposed, repository
from validator import Config, Limits, propose

NAMES = [
    *("package.json", "pyproject.toml", "requirements.txt", "go.mod", "Cargo.toml", "Makefile"),
    *("Procfile", ".vscode/tasks.json", "compose.yaml"),
]
STRUCTURED = ["package.json", "pyproject.toml", "Cargo.toml", ".vscode/tasks.json", "compose.yaml"]


@pytest.mark.parametrize("name", STRUCTURED)
@pytest.mark.parametrize("text", ['{"a": [', "[" * 20_000, "\x00", '{"a": "\\ud800"}', "a: [1\n"])
def test_what_cannot_be_parsed_is_left_out(tmp_path: Path, name: str, text: str) -> None:
    proposal = proposed(tmp_path, {name: text, "go.mod": "module a\n"})
    assert "go build" in proposal.file
    assert f"{name}: left out: " in notes(proposal)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("data", [b"", b"\xff\xfe\x00", b"\xff", b"\xef\xbb\xbf", b"x" * 5_000])
def test_any_bytes_give_a_proposal_or_none(tmp_path: Path, name: str, data: bytes) -> None:
    proposal = proposed(tmp_path, {name: data})
    assert proposal.file == "" or proposal.notes


@pytest.mark.parametrize("name", NAMES)
def test_a_file_that_is_too_large_is_not_read(tmp_path: Path, name: str) -> None:
    repository(tmp_path, {name: b"#" * 1_001})
    proposal = propose(tmp_path, config=Config(limits=Limits(max_bytes=1_000)))
    assert proposal.file == ""
    assert f"{name}: left out: it is larger than 1,000 bytes" in notes(proposal)


@needs_posix
@pytest.mark.parametrize("name", NAMES)
def test_a_link_out_of_the_folder_is_not_followed(tmp_path: Path, name: str) -> None:
    outside = repository(tmp_path / "outside", {"file": "module a\n"}) / "file"
    folder = repository(tmp_path / "folder", {".vscode/x": ""})
    (folder / name).symlink_to(outside)
    proposal = propose(folder)
    assert proposal.file == ""
    assert all(note.message == "it is a link out of the folder" for note in proposal.notes)


@needs_posix
def test_a_linked_folder_is_not_followed_out_but_a_link_inside_is(tmp_path: Path) -> None:
    tasks = '{"tasks": [{"label": "a", "command": "ls"}]}'
    outside = repository(tmp_path / "outside", {"tasks.json": tasks})
    folder = repository(tmp_path / "folder", {"make/rules": "build:\n\tcc\n"})
    (folder / ".vscode").symlink_to(outside)
    (folder / "Makefile").symlink_to("make/rules")
    proposal = propose(folder)
    assert "command: make build" in proposal.file
    assert ".vscode/tasks.json: left out: it is a link out of the folder" in notes(proposal)


@needs_posix
@pytest.mark.parametrize("name", NAMES)
def test_pipes_folders_and_broken_links_are_not_read(tmp_path: Path, name: str) -> None:
    repository(tmp_path, {".vscode/x": ""})
    os.mkfifo(tmp_path / name)
    assert propose(tmp_path).file == ""
    (tmp_path / name).unlink()
    (tmp_path / name).mkdir()
    assert propose(tmp_path).file == ""
    (tmp_path / name).rmdir()
    (tmp_path / name).symlink_to("nowhere")
    assert propose(tmp_path).file == ""


def test_odd_names_stay_in_their_places(tmp_path: Path) -> None:
    label = "a: b\\n- c # \\u0007\\u2028 " + "x" * 500
    tasks = f'{{"tasks": [{{"label": "{label}", "command": "ls"}}]}}'
    proposal = proposed(tmp_path, {".vscode/tasks.json": tasks})
    assert 'name: "a: b - c # xxx' in proposal.file
    assert max(map(len, proposal.file.splitlines())) < 120


@pytest.mark.parametrize("name", ["Makefile", "Procfile", "requirements.txt", "package.json"])
@pytest.mark.parametrize("piece", [" ", "a ", "web: a ", "\\\n", "build: x\n\ty\n", "1.1.1."])
def test_large_files_take_little_time(tmp_path: Path, name: str, piece: str) -> None:
    text = f"web: a{piece * 100_000}b"
    if name == "package.json":
        text = json.dumps({"scripts": {"dev": text}})
    proposed(tmp_path, {name: text})


def test_many_aliases_are_read_once(tmp_path: Path) -> None:
    lines = ["a0: &a0 {ports: ['1:1']}"]
    lines += [f"a{n + 1}: &a{n + 1} [{', '.join([f'*a{n}'] * 9)}]" for n in range(9)]
    proposal = proposed(tmp_path, {"compose.yaml": "\n".join([*lines, "services: {b: *a0}", ""])})
    assert "compose.yaml" in notes(proposal)
