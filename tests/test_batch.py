"""Files checked on executors: the same reports, in the same order, whatever fails."""

import os
import shutil
from collections.abc import Callable
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from tests.command import run_in
from validator import Config, batch, check_paths
from validator.cli import reports as reports_module
from validator.configuration.configurations import Configurations
from validator.report import Report
from validator.search.found import Found
from validator.search.search import Search

FIXTURES = Path(__file__).parents[1] / "fixtures" / "rules"


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """More files than fit into a few chunks, good and bad, and a missing one."""
    folder = tmp_path_factory.mktemp("many")
    paths = sorted(FIXTURES.glob("*/*.yaml"))
    for number in range(2 * batch.CHUNK):
        for path in paths[number % 7 :: len(paths) // 3]:
            shutil.copy(path, folder / f"{number:04}-{path.parent.name}-{path.name}")
    return [*map(str, sorted(folder.iterdir())), str(folder / "missing.yaml")]


def findings(reports: list[Report]) -> list[tuple[object, ...]]:
    return [(report.path, report.text.value, report.findings) for report in reports]


class Failing(Executor):
    """Loses every third task, and stops accepting tasks after a while."""

    def __init__(self) -> None:
        self.tasks = 0

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> "Future[Any]":
        self.tasks += 1
        if self.tasks > 4:
            raise RuntimeError("cannot schedule new futures after shutdown")
        future: Future[Any] = Future()
        if self.tasks % 3:
            future.set_result(fn(*args, **kwargs))
        else:
            future.set_exception(MemoryError("the worker is gone"))
        return future


@pytest.mark.parametrize(
    "make", [lambda: ThreadPoolExecutor(4), lambda: ProcessPoolExecutor(2), Failing]
)
def test_the_reports_are_the_same_in_the_same_order(
    files: list[str], make: Callable[[], Executor]
) -> None:
    with make() as executor:
        found = list(check_paths(files, executor=executor))
    assert findings(found) == findings(list(check_paths(files)))


class Gone(Executor):
    """Has lost its first tasks, which are never done, and refuses more when it is asked again."""

    def __init__(self, taken: int) -> None:
        self.left = taken

    def submit(self, /, *_args: Any, **_options: Any) -> "Future[Any]":
        self.left -= 1
        if self.left < 0:
            raise RuntimeError("this client is closed")
        return Future()


@pytest.mark.parametrize("taken", [1, 3, 8, 11])
def test_tasks_that_are_never_done_are_not_waited_for(
    files: list[str], monkeypatch: pytest.MonkeyPatch, taken: int
) -> None:
    monkeypatch.setattr(batch, "_PATIENCE", 0.01)
    monkeypatch.setattr(batch, "CHUNK", 32)
    found = check_paths(files, executor=Gone(taken), workers=2)
    assert findings(list(found)) == findings(list(check_paths(files)))


def test_a_slow_task_is_waited_for(files: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batch, "_PATIENCE", 0.001)
    with ThreadPoolExecutor(1) as executor:
        found = check_paths(files, executor=executor, workers=1)
        seen = [str(report.path) for report in found]
    assert seen == files


def test_no_more_waits_than_the_workers_need(files: list[str]) -> None:
    """Memory does not grow with the number of files: they are taken as needed."""
    taken = 0

    def counting() -> Any:
        nonlocal taken
        for path in files * 20:
            taken += 1
            yield Found(path), Config()

    with ThreadPoolExecutor(2) as executor:
        reports = batch.check_on(executor, counting(), workers=2)
        next(reports)
        assert taken <= 8 * batch.CHUNK
        reports.close()  # type: ignore[attr-defined]


def test_the_command_says_the_same_on_several_processes(tmp_path: Path, files: list[str]) -> None:
    for name in ("text", "json"):
        several, one = (
            run_in(tmp_path, "check", "--format", name, "--jobs", jobs, *files)
            for jobs in ("2", "1")
        )
        assert several.stdout == one.stdout
        assert several.returncode == one.returncode == 2


@pytest.mark.parametrize(("many", "count", "used"), [(2, 1, False), (2, 2, False), (1, 2, True)])
def test_several_processes_are_used_where_they_pay(
    monkeypatch: pytest.MonkeyPatch, files: list[str], many: int, count: int, used: bool
) -> None:
    """Not for few files, and not on one core."""
    asked: list[int | None] = []

    def on_processes(_files: object, jobs: int | None, *_: object, cut: bool) -> list[Report]:
        assert cut
        asked.append(jobs)
        return []

    monkeypatch.setattr(reports_module, "MANY", many)
    monkeypatch.setattr(batch, "cores", lambda: count)
    monkeypatch.setattr("validator.cli.jobs.on_processes", on_processes)
    wanted = reports_module.Wanted(Configurations(), None, None, None)
    found = list(reports_module.reports(Search(files[:1]), wanted))
    assert asked == ([None] if used else [])
    assert bool(found) is not used


def test_as_many_workers_as_this_process_may_use() -> None:
    assert 1 <= batch.cores() <= (os.cpu_count() or 1)
