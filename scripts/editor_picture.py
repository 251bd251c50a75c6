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
from selenium.webdriver.support.ui import WebDriverWait

ROOT = Path(__file__).parents[1]

FILE = ".ona/automations.yaml"
THEMES = {"light": "Default Light Modern", "dark": "Default Dark Modern"}
SIZE = 860, 600
HOVERED = "instal"
"""The text whose hover is shown."""

_SETTINGS = {
    "breadcrumbs.enabled": False,
    "chat.commandCenter.enabled": False,
    "editor.fontSize": 13,
    "editor.fontFamily": "DejaVu Sans Mono",
    "editor.hover.delay": 100,
    "editor.minimap.enabled": False,
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
        _picture(code_server, extension, program, target / f"editor-{scheme}.png", theme)
        for scheme, theme in THEMES.items()
    ]


def _picture(code_server: Path, extension: Path, program: Path, picture: Path, theme: str) -> Path:
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
            _show(driver)
            driver.save_screenshot(str(picture))
    return picture


def _show(driver: webdriver.Chrome) -> None:
    """Wait for the findings, and hover over one of them."""
    wait = WebDriverWait(driver, 60)
    wait.until(lambda page: len(page.find_elements(By.CSS_SELECTOR, ".squiggly-error")) > 4)
    # The list of files, which has only this one.
    ActionChains(driver).key_down(Keys.CONTROL).send_keys("b").key_up(Keys.CONTROL).perform()
    wait.until(lambda page: not page.find_element(By.CSS_SELECTOR, ".part.sidebar").is_displayed())
    # Words are elements of their own if their colour differs from that of their neighbours.
    word = wait.until(
        lambda page: page.find_element(
            By.XPATH,
            f"//div[@class='view-lines monaco-mouse-cursor-text']//span[text()='{HOVERED}']",
        )
    )
    ActionChains(driver).move_to_element(word).perform()
    wait.until(lambda page: HOVERED in _text(page, ".monaco-hover:not(.hidden)"))
    # The hover fades in.
    time.sleep(1)


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
