"""The summary of a test run, and its detection of changes to the checkout."""

import os
import py_compile
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.checkout import ROOT, changes, state
from tests.optional import needs_posix

TESTS = """\
import pytest
from pathlib import Path
from tests.optional import needs

@needs("a unicorn", None)
@pytest.mark.parametrize("number", [1, 2])
def test_that_lacks_something(number): ...

@needs("Python", True)
def test_that_lacks_nothing(): ...

@pytest.mark.slow
def test_that_takes_long(): ...

def test_that_writes():
    Path(__file__).with_name("left.txt").write_text("")
"""


def run(folder: Path, *arguments: str, **environment: str) -> str:
    """The output of pytest with the settings of this checkout, in one that has other tests."""
    (folder / "tests").mkdir(exist_ok=True)
    for name in ("__init__.py", "conftest.py", "checkout.py", "expected_output.py", "optional.py"):
        shutil.copy(ROOT / "tests" / name, folder / "tests" / name)
    for name in ("pyproject.toml", ".gitignore"):
        shutil.copy(ROOT / name, folder / name)
    (folder / "tests/test_some.py").write_text(TESTS)
    kept = {name: os.environ[name] for name in os.environ if name not in ("CI", "PYTEST_ADDOPTS")}
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", *arguments],
        cwd=folder,
        capture_output=True,
        text=True,
        env={**kept, **environment},
    )
    return f"{done.stdout}exit code {done.returncode}\n"


@pytest.mark.slow
def test_what_was_left_out_or_left_behind_is_said_last(tmp_path: Path) -> None:
    *_, first, second, third, numbers, code = run(tmp_path, "-n", "2").splitlines()
    assert first == "Skipped 2 tests for lack of a unicorn."
    assert second == "Left out the slow tests; --slow runs them too."
    assert third == "Changed in the checkout during the run: tests/left.txt"
    assert numbers.startswith("2 passed, 2 skipped")
    assert code == "exit code 0"


@pytest.mark.slow
def test_a_changed_checkout_fails_the_run_in_ci(tmp_path: Path) -> None:
    *_, first, second, numbers, code = run(tmp_path, "-n", "0", "--slow", CI="true").splitlines()
    assert first == "Skipped 2 tests for lack of a unicorn."
    assert second == "Changed in the checkout during the run: tests/left.txt"
    assert numbers.startswith("3 passed, 2 skipped")
    assert code == "exit code 1"


@needs_posix
def test_changes_of_a_checkout(tmp_path: Path) -> None:
    shutil.copy(ROOT / ".gitignore", tmp_path)
    for name in ("changed", "deleted", "kept", "validator/__pycache__/ignored"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("1")
    before = state(tmp_path)
    assert sorted(before) == [".gitignore", "changed", "deleted", "kept"]
    assert changes(before, tmp_path) == []

    (tmp_path / "changed").write_text("12")
    (tmp_path / "deleted").unlink()
    (tmp_path / "new").symlink_to("nowhere")
    bytecode = f"validator/__pycache__/whole.{sys.implementation.cache_tag}.pyc"
    for name in ("whole", "damaged"):
        target = tmp_path / bytecode.replace("whole", name)
        py_compile.compile(__file__, str(target), doraise=True)
    target.write_bytes(target.read_bytes()[:30])
    assert changes(before, tmp_path) == [
        "changed",
        "deleted",
        "new",
        bytecode.replace("whole", "damaged"),
    ]
