"""The VS Code extension in a real VS Code: `code-server`, in a browser."""

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from shutil import which

import pytest
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import WebDriverWait

from scripts.editor_picture import Driver, opened, panel, run_command, text
from tests.optional import needs, needs_npm

CODE_SERVER = which("code-server")
BROWSER = which("chromium") and which("chromedriver")

pytestmark = [
    pytest.mark.slow,
    needs_npm,
    needs("code-server", CODE_SERVER),
    needs("Chromium and its driver", BROWSER),
]


@pytest.fixture
def driver(vsix: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Driver]:
    # The environment of a person who has installed nothing but the extension.
    own = os.path.dirname(sys.executable)
    folders = [each for each in os.environ["PATH"].split(os.pathsep) if each != own]
    monkeypatch.setenv("PATH", os.pathsep.join(folders))
    assert CODE_SERVER is not None
    with opened(Path(CODE_SERVER).resolve(), vsix, "clean", {}, (1280, 800)) as driver:
        yield driver


def wait_for(driver: Driver, selector: str, part: str) -> None:
    WebDriverWait(driver, 60).until(lambda page: part in text(page, selector))


def test_panels_follow_the_text(driver: Driver) -> None:
    wait_for(driver, ".codelens-decoration", "runs in group")
    run_command(driver, "Automation Validator: Show graph")
    with panel(driver):
        wait_for(driver, "svg", "Migrate the database")

    # In the first line of the file, which is `services:`.
    driver.find_element(By.CSS_SELECTOR, ".view-lines").click()
    keys = ActionChains(driver).key_down(Keys.CONTROL).send_keys(Keys.HOME).key_up(Keys.CONTROL)
    keys.send_keys("# {").perform()
    with panel(driver):
        # Why there is no graph; the last one is still shown.
        WebDriverWait(driver, 60).until(lambda page: text(page, "#note"))
        assert driver.find_elements(By.CSS_SELECTOR, "#content.old svg")
    ActionChains(driver).send_keys(Keys.BACKSPACE * 4).perform()
    with panel(driver):
        WebDriverWait(driver, 60).until(lambda page: text(page, "#note") == "")
        # A click on an item goes to it.
        driver.find_element(By.XPATH, "//*[text()='migrate']").click()
    wait_for(driver, ".statusbar", "Ln 15, Col 3")

    run_command(driver, "Automation Validator: Show plan")
    WebDriverWait(driver, 60).until(
        lambda page: "Plan: automations.yaml" in text(page, ".tabs-container")
    )
