"""Settings of all tests."""

from __future__ import annotations

import os
import re
import signal
from collections import Counter
from collections.abc import Iterator

import pytest
from hypothesis import settings

from tests import checkout, expected_output
from tests.optional import NEEDS

# The time of an example depends on the machine, and is measured in `benchmarks/`. The examples are
# always the same, so that a failure means a change; `--hypothesis-profile=new` makes new ones.
settings.register_profile("same", deadline=None, derandomize=True)
settings.register_profile("new", deadline=None, derandomize=False)
settings.load_profile("same")

# Some tests limit the size of files in the processes that they start, and Python does not notice
# that the bytecode it writes into the checkout is truncated.
os.environ["PYTHONDONTWRITEBYTECODE"] = "1"

_BEFORE = pytest.StashKey[dict[str, tuple[int, int]]]()
_CHANGED = pytest.StashKey[list[str]]()

_OUTSIDE = re.compile("COLUMNS$|(NO|FORCE)_COLOR$|GITHUB_|GIT_|AUTOMATION_VALIDATOR_")


@pytest.fixture(scope="session", autouse=True)
def _apart_from_the_user(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Isolate tests from settings of the user, of git hooks and of CI jobs."""
    # Under `nohup`, and in the background of a script, SIGINT is ignored, and would also be ignored
    # in the processes that tests start.
    if signal.getsignal(signal.SIGINT) == signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    if os.name == "posix" and signal.getsignal(signal.SIGHUP) == signal.SIG_IGN:
        signal.signal(signal.SIGHUP, signal.SIG_DFL)
    with pytest.MonkeyPatch.context() as patch:
        for name in list(filter(_OUTSIDE.match, os.environ)):
            patch.delenv(name)
        # readline, which pytest imports, sets it for other processes without telling `os.environ`.
        os.unsetenv("COLUMNS")
        patch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
        patch.setenv("GIT_CONFIG_SYSTEM", os.devnull)
        # Git looks for a list of files to ignore there.
        patch.setenv("XDG_CONFIG_HOME", str(tmp_path_factory.mktemp("config")))
        yield


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--slow", action="store_true", help="run the tests marked `slow` too")
    parser.addoption(
        "--update-snapshots",
        action="store_true",
        help="write the expected output of tests anew, for a person to read and compare",
    )


def pytest_configure(config: pytest.Config) -> None:
    expected_output.updating = config.getoption("--update-snapshots")
    if config.getoption("--slow"):
        config.option.markexpr = ""


def pytest_sessionstart(session: pytest.Session) -> None:
    if not _is_worker(session.config):
        session.config.stash[_BEFORE] = checkout.state()


def pytest_sessionfinish(session: pytest.Session) -> None:
    """In CI a changed checkout is a failure; elsewhere somebody may be working in it."""
    if _is_worker(session.config) or expected_output.updating:
        return
    changed = checkout.changes(session.config.stash[_BEFORE])
    session.config.stash[_CHANGED] = changed
    if changed and "CI" in os.environ and session.exitstatus == pytest.ExitCode.OK:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Report which tests were skipped, and why."""
    config, write = terminalreporter.config, terminalreporter.write_line
    lacking = Counter(
        reason.removeprefix(NEEDS)
        for report in terminalreporter.getreports("skipped")
        if (reason := _reason(report)).startswith(NEEDS)
    )
    for what, count in sorted(lacking.items()):
        write(f"Skipped {count} {'test' if count == 1 else 'tests'} for lack of {what}.")
    if config.option.markexpr == "not slow":
        write("Left out the slow tests; --slow runs them too.")
    for name in config.stash.get(_CHANGED, []):
        write(f"Changed in the checkout during the run: {name}", red=True)


def _is_worker(config: pytest.Config) -> bool:
    """Whether this is a process of pytest-xdist."""
    return hasattr(config, "workerinput")


def _reason(report: pytest.TestReport | pytest.CollectReport) -> str:
    """Why a test was skipped."""
    where = report.longrepr
    return where[2].removeprefix("Skipped: ") if isinstance(where, tuple) else ""
