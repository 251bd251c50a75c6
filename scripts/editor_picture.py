"""Take pictures of VS Code with the extension: findings underlined, one of them in a hover.

VS Code runs in a browser, served by the npm package `code-server`, which needs the version of
Node.js that it was made for. It opens a copy of `fixtures/broken`, with the extension as
users install it.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.parse import quote
from urllib.request import urlopen

from selenium import webdriver
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.ui import WebDriverWait

ROOT = Path(__file__).parents[1]

FILE = ".ona/automations.yaml"
THEMES = {"light": "Default Light Modern", "dark": "Default Dark Modern"}
SIZE = 860, 600
HOVERED = "instal"
"""The word whose hover is shown."""

AFTER, TYPED = "PostgreSQL", "r"
"""The word after whose line something is typed, and what."""

_PATIENCE = 60
"""In seconds."""

_SETTINGS = {
    "breadcrumbs.enabled": False,
    "chat.commandCenter.enabled": False,
    "editor.fontSize": 13,
    "editor.fontFamily": "DejaVu Sans Mono",
    "editor.hover.delay": 100,
    "editor.minimap.enabled": False,
    "remote.autoForwardPorts": False,
    "security.workspace.trust.enabled": False,
    "telemetry.telemetryLevel": "off",
    "window.commandCenter": False,
    "window.menuBarVisibility": "hidden",
    "workbench.activityBar.location": "hidden",
    "workbench.layoutControl.enabled": False,
    "workbench.startupEditor": "none",
    "workbench.tips.enabled": False,
}


def take(code_server: Path, extension: Path, program: Path, target: Path) -> list[Path]:
    """Write a picture for each theme to a folder; returns the files.

    `code_server` is its `entry.js`, `extension` a .vsix file, `program` the automation-validator
    that it runs. Raises TimeoutException if the findings do not appear.
    """
    return [
        picture
        for scheme, theme in THEMES.items()
        for picture in _pictures(code_server, extension, program, target, scheme, theme)
    ]


def _pictures(
    code_server: Path, extension: Path, program: Path, target: Path, scheme: str, theme: str
) -> list[Path]:
    pictures = [target / f"{name}-{scheme}.png" for name in ("editor", "completion")]
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
        folder = Path(name)
        workspace = folder / "shop"
        shutil.copytree(ROOT / "fixtures/broken", workspace)
        settings = folder / "data/User/settings.json"
        settings.parent.mkdir(parents=True)
        own = {"workbench.colorTheme": theme, "automation-validator.path": str(program)}
        settings.write_text(json.dumps(_SETTINGS | own), encoding="utf-8")
        with _editor(code_server, extension, folder) as port, _browser() as driver:
            file = f"vscode-remote://127.0.0.1:{port}{workspace / FILE}"
            payload = quote(json.dumps([["openFile", file]]))
            driver.get(f"http://127.0.0.1:{port}/?folder={workspace}&payload={payload}")
            _open(driver)
            for picture, show in zip(pictures, (_hover, _complete), strict=True):
                show(driver)
                driver.save_screenshot(str(picture))
    return pictures


def _open(driver: webdriver.Chrome) -> None:
    """Wait for the findings, and close what else is shown."""
    wait = WebDriverWait(driver, _PATIENCE)
    wait.until(lambda page: len(page.find_elements(By.CSS_SELECTOR, ".squiggly-error")) > 4)
    # The list of files, which has only this one.
    ActionChains(driver).key_down(Keys.CONTROL).send_keys("b").key_up(Keys.CONTROL).perform()
    wait.until(lambda page: not page.find_element(By.CSS_SELECTOR, ".part.sidebar").is_displayed())


def _hover(driver: webdriver.Chrome) -> None:
    """Show the hover of a finding."""
    ActionChains(driver).move_to_element(_word(driver, HOVERED)).perform()
    WebDriverWait(driver, _PATIENCE).until(
        lambda page: HOVERED in _text(page, ".monaco-hover:not(.hidden)")
    )
    # It fades in.
    time.sleep(1)


def _complete(driver: webdriver.Chrome) -> None:
    """Show what can be written at a place, and what the first of it means."""
    keys = ActionChains(driver).click(_word(driver, AFTER)).send_keys(Keys.END, Keys.ENTER, TYPED)
    keys.perform()
    wait = WebDriverWait(driver, _PATIENCE)
    wait.until(lambda page: _text(page, ".suggest-widget.visible .monaco-list-row"))
    ActionChains(driver).key_down(Keys.CONTROL).send_keys(" ").key_up(Keys.CONTROL).perform()
    wait.until(lambda page: _text(page, ".suggest-details-container"))
    time.sleep(1)


def _word(driver: webdriver.Chrome, word: str) -> WebElement:
    """A word in the file; it is an element of its own if its neighbours have other colours."""
    path = f"//div[@class='view-lines monaco-mouse-cursor-text']//span[text()='{word}']"
    return WebDriverWait(driver, _PATIENCE).until(lambda page: page.find_element(By.XPATH, path))


def _text(driver: webdriver.Chrome, selector: str) -> str:
    return " ".join(each.text for each in driver.find_elements(By.CSS_SELECTOR, selector))


@contextmanager
def _editor(code_server: Path, extension: Path, folder: Path) -> Iterator[int]:
    """Run the editor; yields its port."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
    command = ["node", str(code_server), f"--user-data-dir={folder / 'data'}"]
    command += [f"--extensions-dir={folder / 'extensions'}", f"--config={folder / 'config.yaml'}"]
    subprocess.run(
        [*command, "--install-extension", str(extension)], check=True, capture_output=True
    )
    options = ["--auth=none", f"--bind-addr=127.0.0.1:{port}", "--disable-telemetry"]
    options += ["--disable-update-check", "--disable-workspace-trust"]
    with subprocess.Popen(
        [*command, *options],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    ) as process:
        try:
            for _ in range(100):
                try:
                    urlopen(f"http://127.0.0.1:{port}/healthz").close()
                    break
                except URLError:
                    time.sleep(0.1)
            yield port
        finally:
            # Its own processes too.
            os.killpg(process.pid, signal.SIGTERM)


@contextmanager
def _browser() -> Iterator[webdriver.Chrome]:
    options = webdriver.ChromeOptions()
    options.binary_location = shutil.which("chromium") or ""
    for argument in ("headless=new", "no-sandbox", "disable-dev-shm-usage", "hide-scrollbars"):
        options.add_argument(f"--{argument}")
    service = webdriver.ChromeService(executable_path=shutil.which("chromedriver"))
    driver = webdriver.Chrome(options=options, service=service)
    try:
        driver.execute_cdp_cmd(
            "Emulation.setDeviceMetricsOverride",
            {"width": SIZE[0], "height": SIZE[1], "deviceScaleFactor": 1.5, "mobile": False},
        )
        yield driver
    finally:
        driver.quit()
