"""The playground: the size of what a browser loads, the time to the first findings, and of a check.

All times are wall-clock times in a headless Chromium on the same machine, from a server without
compression; each start has an empty cache. Needs npm, Chromium and its driver, and selenium.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from shutil import which
from tempfile import TemporaryDirectory
from typing import Any

from benchmarks.files import CLEAN
from benchmarks.measure import Group, Timing, timing
from scripts.playground import build_apart, can_build, serve

REFUSED = CLEAN.replace("command:", "comand:", 1)
CYCLE = """tasks:
  a: {name: A, command: a, dependsOn: [b], triggeredBy: [manual]}
  b: {name: B, command: b, dependsOn: [a], triggeredBy: [manual]}
"""
PATIENCE = 120
"""Seconds after which the page is taken to hang."""

CHECKED = "return performance.getEntriesByName('checked').map((each) => each.startTime)[0]"

# Answers with the milliseconds that each request took, one after another.
ASK = """
const [requests, done] = arguments;
const worker = new Worker("worker.js", { type: "module" });
const times = [];
let begin;
const next = () => {
  if (times.length === requests.length) { worker.terminate(); return done(times); }
  begin = performance.now();
  worker.postMessage({ id: times.length, json: requests[times.length] });
};
worker.onmessage = ({ data }) => {
  if (data.type === "answer") times.push(performance.now() - begin);
  if (data.type === "answer" || data.type === "ready") next();
};
"""


def groups(*, quick: bool) -> Iterator[Group]:
    if not all(map(which, ("chromium", "chromedriver"))) or not find_spec("selenium"):
        return
    if not can_build():
        return
    rounds = 1 if quick else 7
    with TemporaryDirectory() as name:
        out = build_apart(Path(name))
        yield Group("Playground: size of the files, compressed with gzip", {}, dict(sizes(out)))
        with serve(out) as address:
            starts = [start(address) for _ in range(rounds)]
            yield Group("Playground: from an empty page", {"first findings": timing(starts)}, {})
            yield Group("Playground: a check", checks(address, 10 if quick else 300), {})
            yield Group("Playground: the first cycle, with networkx", first_cycle(address), {})


def sizes(out: Path) -> Iterator[tuple[str, float]]:
    """The files' sizes in kB, and their sum without what is loaded only when it is needed."""
    total = 0.0
    for path in sorted(out.rglob("*.*")):
        size = len(gzip.compress(path.read_bytes())) / 1e3
        total += size * (path.name != "later.zip")
        yield f"{path.relative_to(out).as_posix()} (kB)", size
    yield "all but later.zip (kB)", total


def start(address: str) -> float:
    """The seconds from the navigation to the first findings, in a browser with an empty cache."""
    with browser(address) as driver:
        found: float = driver.execute_script(CHECKED)
        return found / 1e3


def checks(address: str, count: int) -> dict[str, Timing]:
    """The time of the check of a clean file, and of one that the schema rejects."""
    texts = {"clean file": CLEAN, "file with an error": REFUSED}
    requests = [request(text) for text in texts.values() for _ in range(count + 1)]
    with browser(address) as driver:
        times = driver.execute_async_script(ASK, requests)
    # The first check of each imports what it needs.
    parts = (times[at + 1 : at + 1 + count] for at in (0, count + 1))
    return {
        name: timing([each / 1e3 for each in part]) for name, part in zip(texts, parts, strict=True)
    }


def first_cycle(address: str) -> dict[str, Timing]:
    """The time of a check that loads networkx, after one that does not."""
    with browser(address) as driver:
        _, found = driver.execute_async_script(ASK, [request(REFUSED), request(CYCLE)])
    return {"first cycle": timing([found / 1e3])}


def request(text: str) -> str:
    return json.dumps({"op": "check", "tab": "automations", "text": text})


@contextmanager
def browser(address: str) -> Iterator[Any]:
    """A new browser that shows the page and its first findings."""
    from selenium import webdriver
    from selenium.webdriver.support.ui import WebDriverWait

    options = webdriver.ChromeOptions()
    options.binary_location = which("chromium") or ""
    for argument in ("headless=new", "no-sandbox", "disable-dev-shm-usage"):
        options.add_argument(f"--{argument}")
    service = webdriver.ChromeService(executable_path=which("chromedriver"))
    driver = webdriver.Chrome(options=options, service=service)
    try:
        driver.set_script_timeout(PATIENCE)
        driver.get(address)
        WebDriverWait(driver, PATIENCE).until(lambda _: driver.execute_script(CHECKED))
        yield driver
    finally:
        driver.quit()
