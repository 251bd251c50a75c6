"""Take pictures of VS Code with the extension: a finding in a hover, and the graph in a panel.

VS Code runs in a browser, served by the npm package `code-server`, which needs the version of
Node.js that it was made for. It opens copies of fixtures, with the extension as users install it. A
test uses the same to look at the extension in a real VS Code.
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
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TypeAlias
from urllib.error import URLError
from urllib.parse import quote
from urllib.request import urlopen

from selenium import webdriver
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support import expected_conditions as expected
from selenium.webdriver.support.ui import WebDriverWait

ROOT = Path(__file__).parents[1]

FILE = ".ona/automations.yaml"
THEMES = {"light": "Default Light Modern", "dark": "Default Dark Modern"}
SIZE = 860, 600
PANEL_SIZE = 1180, 560
HOVERED = "instal"
"""The word whose hover is shown."""

AFTER, TYPED = "PostgreSQL", "r"
"""The word after whose line something is typed, and what."""

Driver: TypeAlias = webdriver.Chrome

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
    """Write three pictures for each theme to a folder; returns the files.

    `code_server` is its `entry.js`, `extension` a .vsix file, `program` the automation-validator
    that it runs. Raises TimeoutException if what the pictures show does not appear.
    """
    pictures = []
    for scheme, theme in THEMES.items():
        settings = {"workbench.colorTheme": theme, "automation-validator.path": str(program)}
        with opened(code_server, extension, "broken", settings, SIZE) as driver:
            _show_finding(driver)
            pictures.append(_shot(driver, target / f"editor-{scheme}.png"))
            _complete(driver)
            pictures.append(_shot(driver, target / f"completion-{scheme}.png"))
        with opened(code_server, extension, "clean", settings, PANEL_SIZE) as driver:
            _show_graph(driver)
            pictures.append(_shot(driver, target / f"panel-{scheme}.png"))
    return pictures


def _shot(driver: Driver, picture: Path) -> Path:
    driver.save_screenshot(str(picture))
    return picture


@contextmanager
def opened(
    code_server: Path,
    extension: Path,
    fixture: str,
    settings: Mapping[str, object],
    size: tuple[int, int],
) -> Iterator[Driver]:
    """A browser with VS Code, in which the automations file of a fixture is open."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
        folder = Path(name)
        workspace = folder / "shop"
        shutil.copytree(ROOT / "fixtures" / fixture, workspace)
        file = folder / "data/User/settings.json"
        file.parent.mkdir(parents=True)
        file.write_text(json.dumps({**_SETTINGS, **settings}), encoding="utf-8")
        with _editor(code_server, extension, folder) as port, _browser(size) as driver:
            uri = f"vscode-remote://127.0.0.1:{port}{workspace / FILE}"
            payload = quote(json.dumps([["openFile", uri]]))
            driver.get(f"http://127.0.0.1:{port}/?folder={workspace}&payload={payload}")
            WebDriverWait(driver, 60).until(lambda page: "tasks" in text(page, ".view-lines"))
            yield driver


def run_command(driver: Driver, title: str) -> None:
    """Run a command by its title, as a person would."""
    wait = WebDriverWait(driver, 60)

    def is_offered(page: Driver) -> bool:
        return text(page, ".quick-input-list .monaco-list-row.focused").startswith(title)

    ActionChains(driver).send_keys(Keys.F1).perform()
    wait.until(lambda page: page.find_element(By.CSS_SELECTOR, ".quick-input-box").is_displayed())
    ActionChains(driver).send_keys(title).perform()
    wait.until(is_offered)
    ActionChains(driver).send_keys(Keys.ENTER).perform()


@contextmanager
def panel(driver: Driver) -> Iterator[Driver]:
    """The content of the panel that is open: a page in a page."""
    wait = WebDriverWait(driver, 60)
    wait.until(expected.frame_to_be_available_and_switch_to_it((By.CSS_SELECTOR, "iframe.webview")))
    wait.until(expected.frame_to_be_available_and_switch_to_it((By.ID, "active-frame")))
    try:
        yield driver
    finally:
        driver.switch_to.default_content()


def _show_graph(driver: Driver) -> None:
    """Open the panel with the graph."""
    _hide_files(driver)
    wait = WebDriverWait(driver, 60)
    wait.until(lambda page: "runs in group" in text(page, ".codelens-decoration"))
    run_command(driver, "Automation Validator: Show graph")
    with panel(driver):
        wait.until(lambda page: page.find_elements(By.CSS_SELECTOR, "svg"))
    time.sleep(1)


def _hide_files(driver: Driver) -> None:
    """Hide the list of files, which has only one."""
    ActionChains(driver).key_down(Keys.CONTROL).send_keys("b").key_up(Keys.CONTROL).perform()
    WebDriverWait(driver, 60).until(
        lambda page: not page.find_element(By.CSS_SELECTOR, ".part.sidebar").is_displayed()
    )


def _show_finding(driver: Driver) -> None:
    """Wait for the findings, and hover over one of them."""
    wait = WebDriverWait(driver, 60)
    wait.until(lambda page: len(page.find_elements(By.CSS_SELECTOR, ".squiggly-error")) > 4)
    _hide_files(driver)
    ActionChains(driver).move_to_element(_word(driver, HOVERED)).perform()
    wait.until(lambda page: HOVERED in text(page, ".monaco-hover:not(.hidden)"))
    # The hover fades in.
    time.sleep(1)


def _complete(driver: Driver) -> None:
    """Show what can be written at a place, and what the first of it means."""
    keys = ActionChains(driver).click(_word(driver, AFTER)).send_keys(Keys.END, Keys.ENTER, TYPED)
    keys.perform()
    wait = WebDriverWait(driver, 60)
    wait.until(lambda page: text(page, ".suggest-widget.visible .monaco-list-row"))
    ActionChains(driver).key_down(Keys.CONTROL).send_keys(" ").key_up(Keys.CONTROL).perform()
    wait.until(lambda page: text(page, ".suggest-details-container"))
    time.sleep(1)


def _word(driver: Driver, word: str) -> WebElement:
    """A word in the file; it is an element of its own if its neighbours have other colours."""
    path = f"//div[@class='view-lines monaco-mouse-cursor-text']//span[text()='{word}']"
    return WebDriverWait(driver, 60).until(lambda page: page.find_element(By.XPATH, path))


def text(driver: Driver, selector: str) -> str:
    """The text of all elements that match a selector."""
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
def _browser(size: tuple[int, int]) -> Iterator[Driver]:
    options = webdriver.ChromeOptions()
    options.binary_location = shutil.which("chromium") or ""
    for argument in ("headless=new", "no-sandbox", "disable-dev-shm-usage", "hide-scrollbars"):
        options.add_argument(f"--{argument}")
    service = webdriver.ChromeService(executable_path=shutil.which("chromedriver"))
    driver = webdriver.Chrome(options=options, service=service)
    try:
        driver.execute_cdp_cmd(
            "Emulation.setDeviceMetricsOverride",
            {"width": size[0], "height": size[1], "deviceScaleFactor": 1.5, "mobile": False},
        )
        yield driver
    finally:
        driver.quit()
