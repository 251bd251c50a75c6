"""A headless Chromium, for tests of pages; they are skipped where it or its driver is missing."""

from __future__ import annotations

import json
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


def clear(driver: Chrome) -> None:
    """Forget what was logged, such as the requests of the browser's own first page."""
    driver.get("about:blank")
    logged(driver, "performance")
    logged(driver, "browser")


def requested(driver: Chrome) -> set[str]:
    """The addresses that pages have requested since then, without their fragments."""
    messages = [json.loads(entry["message"])["message"] for entry in logged(driver, "performance")]
    return {
        message["params"]["request"]["url"].split("#")[0]
        for message in messages
        if message["method"] == "Network.requestWillBeSent"
    }


def prefer(driver: Chrome, scheme: str) -> None:
    """Set the colour scheme of the system, `light` or `dark`."""
    features = [{"name": "prefers-color-scheme", "value": scheme}]
    driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})
