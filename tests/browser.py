"""A headless Chromium, for tests of pages; they are skipped where it or its driver is missing."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from shutil import which
from typing import TYPE_CHECKING, Any

from tests.optional import needs

if TYPE_CHECKING:
    from selenium.webdriver import Chrome

_CHROMIUM = which("chromium") or which("google-chrome")
_DRIVER = which("chromedriver")

needs_browser = needs(
    "Chromium, its driver and the package selenium",
    _CHROMIUM and _DRIVER and find_spec("selenium"),
)


@contextmanager
def chromium(profile: Path) -> Iterator[Chrome]:
    """A browser with a window of 1400 by 900 pixels, which keeps its files in a folder.

    It records the requests and the messages of pages. Nothing is downloaded to start it.
    """
    from selenium import webdriver

    options = webdriver.ChromeOptions()
    options.binary_location = _CHROMIUM or ""
    arguments = ["headless=new", "disable-dev-shm-usage", "window-size=1400,900"]
    if os.name == "posix" and os.geteuid() == 0:
        # Chromium has no sandbox for root.
        arguments.append("no-sandbox")
    for argument in (*arguments, f"user-data-dir={profile}"):
        options.add_argument(f"--{argument}")
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    service = webdriver.ChromeService(executable_path=_DRIVER)
    with webdriver.Chrome(options=options, service=service) as driver:
        yield driver


def logged(driver: Chrome, log: str) -> list[dict[str, Any]]:
    """The entries of the log `browser` or `performance` since the last call."""
    entries: list[dict[str, Any]] = driver.get_log(log)  # type: ignore[no-untyped-call]
    return entries
