"""The end of the process: at once, but nothing is lost that waits for it."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = """\
import os, sys
class Freed:
    def __del__(self, write=os.write):
        write(1, b"memory was freed")
sys.freed = Freed()
{before}
from validator.cli.entry import run
if __name__ == "__main__":
    sys.exit(run())
"""

MISTAKE = "tasks: {build: {name: Build, comand: make}}\n"
SIMPLE = "tasks: {build: {name: Build, command: make, triggeredBy: [manual]}}\n"
CHECK = ("-q", "--shellcheck", "off", "automations.yaml")


def ended(
    folder: Path,
    before: str = "",
    *,
    options: tuple[str, ...] = (),
    name: str = "automation-validator",
    text: str = SIMPLE,
) -> tuple[int, str, str]:
    """The exit code, output and errors of the script that pip writes, with other lines in it."""
    (folder / "automations.yaml").write_text(text)
    script = folder / name
    script.write_text(SCRIPT.format(before=before))
    command = [sys.executable, *options, str(script), "check", *CHECK]
    # Nothing else may wait for the end: no coverage.
    given = {k: v for k, v in os.environ.items() if not k.startswith(("COV", "PYTHON"))}
    environment = {**given, "PYTHONPATH": os.pathsep.join(sys.path)}
    done = subprocess.run(
        command, cwd=folder, capture_output=True, text=True, env=environment, input=""
    )
    return done.returncode, done.stdout, done.stderr


def test_the_process_ends_without_freeing_its_memory(tmp_path: Path) -> None:
    assert ended(tmp_path) == (0, "", "")
    code, out, _ = ended(tmp_path, text=MISTAKE)
    assert code == 1
    assert "unknown-field" in out
    assert "memory" not in out


def test_output_from_before_is_written(tmp_path: Path) -> None:
    before = "print('first'); print('second', file=sys.stderr)"
    assert ended(tmp_path, before) == (0, "first\n", "second\n")


WATCHED = {
    "a handler": "import atexit; atexit.register(print, 'handled')",
    "a debugger": "sys.settrace(lambda *_: None)",
    "a profiler": "sys.setprofile(lambda *_: None)",
    "threads": "import threading",
}


@pytest.mark.parametrize("before", WATCHED.values(), ids=WATCHED)
def test_python_ends_it_if_something_waits_for_its_end(tmp_path: Path, before: str) -> None:
    handled = "handled\n" if "atexit" in before else ""
    assert ended(tmp_path, before) == (0, f"{handled}memory was freed", "")


@pytest.mark.skipif(sys.version_info < (3, 12), reason="sys.monitoring is new in Python 3.12")
def test_python_ends_it_if_a_tool_monitors_it(tmp_path: Path) -> None:
    assert ended(tmp_path, "sys.monitoring.use_tool_id(2, 'tool')")[1] == "memory was freed"


@pytest.mark.parametrize("options", [("-X", "dev"), ("-i",), ("-m", "cProfile")], ids=" ".join)
def test_python_ends_it_if_asked_to_look_at_it(tmp_path: Path, options: tuple[str, ...]) -> None:
    _, out, _ = ended(tmp_path, options=options)
    assert "memory was freed" in out
    assert ("function calls" in out) == ("cProfile" in options)


def test_a_script_of_ones_own_goes_on(tmp_path: Path) -> None:
    assert ended(tmp_path, name="own.py")[1] == "memory was freed"


def test_a_caller_goes_on(tmp_path: Path) -> None:
    before = """
def call():
    from validator.cli.entry import run
    try:
        run()
    finally:
        print("last")
call()
"""
    assert ended(tmp_path, before)[1] == "last\nmemory was freed"


def test_output_that_is_lost_at_the_end_has_the_exit_code_of_python(tmp_path: Path) -> None:
    before = """
print("first")
reader, writer = os.pipe()
os.close(reader)
sys.stdout.flush = lambda flush=sys.stdout.flush: (os.dup2(writer, 1), flush())
"""
    code, _, errors = ended(tmp_path, before)
    assert (code, "BrokenPipeError" in errors) == (120, True)
