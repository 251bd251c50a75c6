"""The site in a real browser: search, colour schemes, a phone, and no request to elsewhere."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from tests.browser import chromium, clear, logged, needs_browser, prefer, requested
from tests.optional import NEEDS

pytest.importorskip("selenium", reason=f"{NEEDS}the package selenium")

from selenium.webdriver import Chrome
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import WebDriverWait

pytestmark = needs_browser

KINDS = (
    "",
    "tutorials/first-file/",
    "guides/ci/",
    "guides/editors/",
    "guides/python/",
    "reference/configuration/",
    "reference/models/",
    "rules/",
    "rules/dependency-cycle/",
    "explanation/comparison/",
    "explanation/modules/",
    "about/changelog/",
)
"""A page of each kind."""


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *arguments: object) -> None:  # noqa: A002
        """Write nothing."""


class Site:
    """A browser, and the address at which the site is served."""

    def __init__(self, driver: Chrome, address: str) -> None:
        self.driver, self.address = driver, address

    def open(self, page: str) -> None:
        self.driver.get(self.address + page)

    def background(self) -> str:
        script = "return getComputedStyle(document.body).backgroundColor"
        return str(self.driver.execute_script(script))

    def shown(self, selector: str) -> list[str]:
        """The addresses of visible pictures."""
        found = self.driver.find_elements(By.CSS_SELECTOR, selector)
        return [str(each.get_attribute("src")) for each in found if each.is_displayed()]


@pytest.fixture(scope="module")
def served(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(built)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    with chromium(tmp_path_factory.mktemp("profile") / "profile") as driver:
        yield Site(driver, f"http://127.0.0.1:{server.server_port}/")
    server.shutdown()
    server.server_close()


@pytest.fixture
def site(served: Site) -> Iterator[Site]:
    """A site whose pages must log nothing, and request nothing from elsewhere."""
    clear(served.driver)
    prefer(served.driver, "light")
    yield served
    assert logged(served.driver, "browser") == []
    addresses = requested(served.driver) - {"about:blank"}
    assert addresses
    own = (served.address, f"blob:{served.address}", "data:")
    assert [each for each in addresses if not each.startswith(own)] == []


def test_the_search_finds_a_rule(site: Site) -> None:
    site.open("")
    wait = WebDriverWait(site.driver, 30)
    button = wait.until(lambda page: page.find_element(By.CLASS_NAME, "md-search__button"))
    button.click()
    # The search is in a shadow tree, with the focus in its field.
    focus = "return document.activeElement.shadowRoot?.activeElement"
    wait.until(lambda page: page.execute_script(focus)).send_keys("dependency cycle")
    first = (
        "return document.activeElement.shadowRoot?.querySelector('[role=option]')?.pathname ?? ''"
    )
    wait.until(lambda page: page.execute_script(first).startswith("/rules/dependency-cycle/"))
    site.driver.execute_script(focus).send_keys(Keys.ENTER)
    wait.until(lambda page: page.title.startswith("dependency-cycle"))


def test_the_colours_follow_the_system_and_can_be_changed(site: Site) -> None:
    site.open("")
    light = site.background()
    assert "light" in site.shown("article img")[0]
    prefer(site.driver, "dark")
    deadline = WebDriverWait(site.driver, 30)
    deadline.until(lambda _: site.background() != light)
    assert "dark" in site.shown("article img")[0]
    dark = site.background()
    # Light, dark, and the system's own again.
    for background in (light, dark, dark):
        toggles = site.driver.find_elements(By.CSS_SELECTOR, "[data-md-component=palette] label")
        (toggle,) = (each for each in toggles if each.is_displayed())
        toggle.click()
        deadline.until(lambda _: site.background() == background)  # noqa: B023


@pytest.mark.parametrize("page", KINDS)
def test_a_page_fits_a_phone(site: Site, page: str) -> None:
    prefer(site.driver, "dark")
    phone = {"width": 360, "height": 740, "deviceScaleFactor": 1, "mobile": True}
    site.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", phone)
    try:
        site.open(page)
        assert site.driver.execute_script("return document.documentElement.scrollWidth") == 360
        assert site.driver.find_element(By.TAG_NAME, "h1").is_displayed()
    finally:
        site.driver.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})


@pytest.mark.parametrize("page", KINDS)
def test_all_pictures_of_a_page_load(site: Site, page: str) -> None:
    site.open(page)
    script = (
        "return [...document.images].filter((each) => !each.naturalWidth).map((each) => each.src)"
    )
    assert site.driver.execute_script(script) == []
