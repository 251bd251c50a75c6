"""The command `graph`."""

import json
import stat
from pathlib import Path

import pytest

from tests.checkout import ROOT
from tests.command import check_output, run, run_in
from tests.optional import needs_posix
from validator import drawing

BROKEN = "fixtures/broken/.ona/automations.yaml"
CLEAN = "tasks: {a: {name: A, command: c, triggeredBy: [manual]}}\n"


@pytest.mark.parametrize(
    ("name", "arguments", "code"),
    [
        ("graph-broken", ["graph", BROKEN], 1),
        ("graph-dot", ["graph", "--format", "dot", "fixtures/clean"], 0),
        ("graph-json", ["graph", "--format", "json", BROKEN], 1),
        ("graph-help", ["graph", "--help"], 0),
        ("graph-missing", ["graph", "fixtures/missing.yaml"], 2),
        ("graph-none", ["graph", "docs"], 2),
    ],
)
def test_the_whole_output(name: str, arguments: list[str], code: int) -> None:
    check_output(name, arguments, code, between="--- standard error\n")


def test_the_file_of_the_current_folder_is_drawn() -> None:
    done = run_in(ROOT / "fixtures" / "clean", "graph")
    assert done.returncode == 0
    assert done.stdout.startswith(b"flowchart LR\n")


def test_standard_input_is_drawn() -> None:
    done = run("graph", "-", "--stdin-filename", "x.yaml", stdin=CLEAN.encode())
    assert (done.returncode, done.stderr) == (0, b"")
    assert b't_a["A<br/>manual"]' in done.stdout
    broken = run("graph", "-", "--stdin-filename", "x.yaml", stdin=b"tasks: [")
    assert (broken.returncode, broken.stdout) == (1, b"")
    assert broken.stderr.startswith(b"x.yaml:1:8: error[yaml-syntax]:")


@pytest.mark.parametrize("text", ["", "# nothing\n"])
def test_an_empty_file_is_an_empty_picture(text: str, tmp_path: Path) -> None:
    for format_ in drawing.ENDINGS:
        target = tmp_path / f"a.{format_}"
        done = run("graph", "-", "--format", format_, "-o", str(target), stdin=text.encode())
        assert (done.returncode, done.stderr) == (0, b"")
        assert target.stat().st_size > 0
    assert (tmp_path / "a.mermaid").read_text() == "flowchart LR\n"


def test_of_several_files_one_has_to_be_named(tmp_path: Path) -> None:
    for folder in (".ona", ".gitpod"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "automations.yaml").write_text(CLEAN)
    done = run_in(tmp_path, "graph")
    assert (done.returncode, done.stdout) == (2, b"")
    assert b"2 automations files found; name one, such as .gitpod/automations.yaml" in done.stderr


def test_a_document_of_another_kind_is_not_looked_for(tmp_path: Path) -> None:
    for name in (".ona/automations.yaml", "api/task.json"):
        (tmp_path / name).parent.mkdir()
        (tmp_path / name).write_text(CLEAN)
    (tmp_path / "automation-validator.toml").write_text(
        'files = ["api/*.json"]\nper-path = { "api/*" = { kind = "task" } }\n'
    )
    for command in ("graph", "plan"):
        done = run_in(tmp_path, command)
        assert (done.returncode, done.stderr) == (0, b"")


WORKFLOW = "name: A\ntriggers: []\naction: {steps: []}\n"


@pytest.mark.parametrize("text", [WORKFLOW, "image: node\nports: [{port: 3000}]\n"])
@pytest.mark.parametrize("format_", ["mermaid", "dot", "svg", "json"])
def test_a_file_of_another_format_is_not_drawn(text: str, format_: str, tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(text)
    done = run_in(tmp_path, "graph", "a.yaml", "--format", format_)
    assert (done.returncode, done.stdout) == (1, b"")
    assert b"error[other-format]" in done.stderr


def test_the_output_files_ending_says_the_format(tmp_path: Path) -> None:
    for name, start in (("a.dot", "digraph"), ("a.json", "{"), ("a.mmd", "flowchart"), ("a", "fl")):
        assert run("graph", "fixtures/clean", "-o", str(tmp_path / name)).stdout == b""
        assert (tmp_path / name).read_text().startswith(start)
    run("graph", "fixtures/clean", "-o", str(tmp_path / "a.dot"), "--format", "json")
    assert json.loads((tmp_path / "a.dot").read_text())["version"] == 1


def test_an_ending_that_no_format_has(tmp_path: Path) -> None:
    done = run("graph", "fixtures/clean", "-o", str(tmp_path / "a.png"))
    assert done.returncode == 2
    assert (
        b"no format has the ending .png; the endings are .dot, .gv, .htm, .html, .json, "
        b".mermaid, .mmd, .svg, or give --format."
    ) in done.stderr
    assert run("graph", "fixtures/clean", "-o", str(tmp_path / "a.md"), "--format", "dot")
    assert [path.name for path in tmp_path.iterdir()] == ["a.md"]


@needs_posix
def test_the_output_file_is_replaced_all_at_once(tmp_path: Path) -> None:
    (tmp_path / "real.mmd").write_text("old")
    (tmp_path / "real.mmd").chmod(0o640)
    (tmp_path / "link.mmd").symlink_to("real.mmd")
    with (tmp_path / "real.mmd").open() as reader:
        done = run_in(tmp_path, "graph", str(ROOT / "fixtures/clean"), "-o", "link.mmd")
        assert done.returncode == 0
        assert reader.read() == "old"
    assert (tmp_path / "link.mmd").is_symlink()
    assert (tmp_path / "real.mmd").read_text().startswith("flowchart")
    assert stat.S_IMODE((tmp_path / "real.mmd").stat().st_mode) == 0o640
    assert sorted(path.name for path in tmp_path.iterdir()) == ["link.mmd", "real.mmd"]


def test_what_can_not_be_written(tmp_path: Path) -> None:
    path = tmp_path / "no" / "a.mmd"
    done = run("graph", "fixtures/clean", "-o", str(path))
    assert done.returncode == 2
    assert done.stderr.decode() == f"{path}: can't be written: No such file or directory\n"


def test_the_file_that_is_drawn_is_not_overwritten(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(CLEAN)
    done = run_in(tmp_path, "graph", "a.yaml", "-o", "./a.yaml")
    assert done.returncode == 2
    assert b"would overwrite" in done.stderr
    assert (tmp_path / "a.yaml").read_text() == CLEAN


@needs_posix
def test_a_device_is_written_to() -> None:
    done = run("graph", "fixtures/clean", "-o", "/dev/stdout")
    assert done.stdout.startswith(b"flowchart LR\n")


def test_a_picture_that_would_be_too_large_is_refused() -> None:
    text = "tasks:\n" + "".join(f"  t{n}: {{name: N, command: c}}\n" for n in range(1001))
    done = run("graph", "-", "--format", "svg", stdin=text.encode())
    assert (done.returncode, done.stdout) == (2, b"")
    assert b"1,001 items and 0 dependencies are too many for this picture" in done.stderr
