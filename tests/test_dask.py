"""Files checked on a Dask cluster: the same reports, whatever fails.

The way is that of docs/guides/many-repositories.md.
"""

import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.optional import NEEDS, needs_posix
from tests.test_batch import findings
from validator import batch, check_paths

distributed = pytest.importorskip("distributed", reason=f"{NEEDS}the package distributed")

ROOT = Path(__file__).parents[1]
pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("default")]


@pytest.fixture
def client() -> Iterator[Any]:
    with (
        distributed.LocalCluster(
            n_workers=2, threads_per_worker=1, dashboard_address=None
        ) as cluster,
        distributed.Client(cluster) as connected,
    ):
        yield connected


@pytest.fixture
def files(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Enough files that some tasks are done, some running and some waiting at the failure."""
    monkeypatch.setattr(batch, "CHUNK", 8)
    return [*map(str, sorted(ROOT.glob("fixtures/rules/*/*.yaml"))), "missing.yaml"]


def test_the_reports_are_the_same_in_the_same_order(client: Any, files: list[str]) -> None:
    found = check_paths(files, executor=client.get_executor(), workers=2)
    assert findings(list(found)) == findings(list(check_paths(files)))


@needs_posix
def test_a_lost_worker_loses_nothing(client: Any, files: list[str]) -> None:
    reports = check_paths(files, executor=client.get_executor(), workers=2)
    found = [next(reports)]
    os.kill(min(client.run(os.getpid).values()), signal.SIGKILL)
    found += reports
    assert findings(found) == findings(list(check_paths(files)))


def test_a_lost_cluster_loses_nothing(client: Any, files: list[str]) -> None:
    reports = check_paths(files, executor=client.get_executor(), workers=2)
    found = [next(reports)]
    client.cluster.close()
    found += reports
    assert findings(found) == findings(list(check_paths(files)))


def test_the_example_of_the_documentation(tmp_path: Path) -> None:
    page = (ROOT / "docs/guides/many-repositories.md").read_text(encoding="utf-8")
    program, printed = re.findall(r"```(?:python|text)\n(.*?)```", page, re.DOTALL)[:2]
    for name in ("clean", "broken"):
        shutil.copytree(ROOT / "fixtures" / name, tmp_path / "repositories" / name)
    (tmp_path / "scan.py").write_text(program)
    command = [sys.executable, "scan.py"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True)
    assert done.stdout == printed
