"""The playground in a real browser: built, served, and used as a person would."""

from __future__ import annotations

import base64
import json
import shutil
import subprocess
import time
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from playground.python.worker import handle
from scripts.playground import build_apart, can_build, serve
from tests.browser import chromium, logged, needs_browser, requested
from tests.checkout import ROOT
from tests.drawing.test_page_in_browser import CONTRAST
from tests.optional import NEEDS, needs_npm
from validator import all_rules

pytest.importorskip("selenium", reason=f"{NEEDS}the package selenium")

from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.ui import Select, WebDriverWait

pytestmark = [
    pytest.mark.slow,
    needs_browser,
    needs_npm,
]

PATIENCE = 120
"""Seconds after which the page is taken to hang."""

SMALL = "tasks:\n  a:\n    name: A\n    comand: x\n    triggeredBy: [manual]\n"
CLEAN = SMALL.replace("comand", "command")
CYCLE = """tasks:
  a: {name: A, command: a, dependsOn: [b], triggeredBy: [manual]}
  b: {name: B, command: b, dependsOn: [a], triggeredBy: [manual]}
"""


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the page."""
    if not can_build():
        pytest.skip(f"{NEEDS}the registry of npm")
    return build_apart(tmp_path_factory.mktemp("playground"))


class Page:
    """A browser that shows the playground."""

    def __init__(self, driver: Any, address: str) -> None:
        self.driver = driver
        self.address = address

    def open(self, fragment: str = "") -> None:
        """Load the page anew, and wait for the findings of its text."""
        self.driver.get("about:blank")
        self.driver.get(f"{self.address}{fragment}")
        self.wait(lambda: self.run("return document.body.dataset.checked"))

    def show(self, text: str, tab: str = "automations", panel: str = "findings") -> None:
        """Open a text by its link, in the page that is loaded."""
        self.follow(link(text, tab))
        assert self.text == text
        if panel != "findings":
            self.one(f"[data-name={panel}]").click()

    def follow(self, fragment: str) -> None:
        """Go to a fragment of the page that is loaded, and wait for the findings."""
        self.run("document.body.dataset.checked = ''; history.replaceState(null, '', '#')")
        self.run("location.hash = arguments[0]", fragment)
        self.wait(lambda: self.run("return document.body.dataset.checked"))

    def run(self, script: str, *arguments: Any) -> Any:
        return self.driver.execute_script(script, *arguments)

    def wait(self, until: Callable[[], Any]) -> Any:
        return WebDriverWait(self.driver, PATIENCE, 0.05).until(lambda _: until())

    def ask(self, requests: list[dict[str, Any]]) -> list[Any]:
        """The answers of a worker of its own."""
        self.driver.set_script_timeout(PATIENCE)
        answers = self.driver.execute_async_script(ASK, [json.dumps(each) for each in requests])
        return [json.loads(each) for each in answers]

    @property
    def text(self) -> str:
        return str(self.run(f"{EDITOR}; return view.state.sliceDoc()"))

    def inside(self, selector: str) -> list[WebElement]:
        """Elements of the editor."""
        root = self.driver.find_element(By.ID, "editor").shadow_root
        found: list[WebElement] = root.find_elements(By.CSS_SELECTOR, selector)
        return found

    def all(self, selector: str) -> list[WebElement]:
        found: list[WebElement] = self.driver.find_elements(By.CSS_SELECTOR, selector)
        return [each for each in found if each.is_displayed()]

    def one(self, selector: str) -> WebElement:
        (element,) = self.all(selector)
        return element

    def rules(self) -> list[str]:
        return self.texts("#list .links a")

    def texts(self, selector: str) -> list[str]:
        """The text of elements, read at once: the page may replace them at any time."""
        script = "return [...document.querySelectorAll(arguments[0])].map((each) => each.innerText)"
        found: list[str] = self.run(script, selector)
        return found

    def press(self, *keys: str) -> None:
        ActionChains(self.driver).send_keys(*keys).perform()

    def click_at(self, needle: str) -> None:
        """Put the cursor after a part of the text."""
        at = self.text.index(needle) + len(needle)
        self.run(
            f"{EDITOR}; view.focus(); view.dispatch({{selection: {{anchor: arguments[0]}}}})", at
        )


# CodeMirror's view of the editor's element.
EDITOR = """
const content = document.getElementById('editor').shadowRoot.querySelector('.cm-content');
const view = content.cmTile.view
"""

ASK = """
const [requests, done] = arguments;
const worker = new Worker("worker.js", { type: "module" });
const answers = [];
worker.onmessage = ({ data }) => {
  if (data.type === "failed" || data.type === "broken") throw new Error(data.why);
  if (data.type !== "answer") return;
  answers[data.id] = data.json;
  if (data.id === requests.length - 1) { worker.terminate(); done(answers); }
};
requests.forEach((json, id) => worker.postMessage({ id, json }));
"""


def link(text: str, tab: str = "automations") -> str:
    deflate = zlib.compressobj(wbits=-15)
    data = deflate.compress(text.encode()) + deflate.flush()
    return f"#tab={tab}&text={base64.urlsafe_b64encode(data).decode().rstrip('=')}"


@pytest.fixture(scope="module")
def loaded(built: Path) -> Iterator[Page]:
    with serve(built) as address, chromium(built.parent / "profile") as driver:
        page = Page(driver, address)
        page.open()
        yield page


@pytest.fixture
def page(loaded: Page) -> Iterator[Page]:
    """The page, whose log must stay empty, and which must ask only its own server."""
    if not loaded.all("#results"):
        loaded.open()
    yield loaded
    assert logged(loaded.driver, "browser") == []
    own = (loaded.address, "data:", "about:", "chrome:")
    assert [url for url in requested(loaded.driver) if not url.startswith(own)] == []


def test_all_fixtures_have_the_findings_of_the_command(page: Page) -> None:
    requests: list[dict[str, Any]] = []
    for path in sorted((ROOT / "fixtures").rglob("*.*")):
        if path.suffix not in (".yaml", ".yml", ".json") or not path.is_file():
            continue
        try:
            text = path.read_bytes().decode("utf-8")
        except UnicodeDecodeError:
            # An editor has only text.
            continue
        request = {"op": "check", "tab": "api", "path": path.name, "text": text}
        requests.append(request | {"everything": True})
    requests += [
        {"op": "migrate", "tab": "classic", "text": path.read_text(encoding="utf-8")}
        for path in sorted((ROOT / "fixtures").rglob("*.gitpod.yml"))
    ]
    assert len(requests) > 600
    for request, answer in zip(requests, page.ask(requests), strict=True):
        assert answer == json.loads(handle(json.dumps(request))), request


def test_squiggles_and_findings(page: Page) -> None:
    page.show(SMALL)
    assert [each.text for each in page.inside(".cm-lintRange-error")] == ["comand"]
    assert page.rules() == ["unknown-field"]
    assert page.one("#summary").text == "1 error, 0 warnings, 0 hints"
    address = page.one("#list .links a").get_attribute("href")
    assert address is not None
    assert address.endswith("/rules/unknown-field/")
    page.one("#list .place").click()
    assert page.run(f"{EDITOR}; return view.state.selection.main.from") == SMALL.index("comand")
    assert page.run("return document.activeElement.id") == "editor"


def test_a_fix_and_its_undoing(page: Page) -> None:
    page.show(SMALL)
    page.one("#list .fix").click()
    assert page.text == CLEAN
    page.wait(lambda: page.one("#summary").text == "No findings.")
    assert page.inside(".cm-lintRange-error") == []
    page.click_at("tasks")
    ActionChains(page.driver).key_down(Keys.CONTROL).send_keys("z").key_up(Keys.CONTROL).perform()
    assert page.text == SMALL


def test_fix_all(page: Page) -> None:
    page.show("# 😀\n" + SMALL + "    dependsOn: [a, a]\n")
    assert len(page.rules()) > 1
    page.one("#fix-all").click()
    page.wait(lambda: "comand" not in page.text)
    assert page.text.startswith("# 😀\n" + CLEAN.rstrip())
    assert page.one("#status").text.endswith("fixed.")
    page.wait(lambda: not page.one("#fix-all").is_enabled())


def test_the_editor_offers_a_fix_at_a_squiggle(page: Page) -> None:
    page.show(SMALL)
    (mark,) = page.inside(".cm-lintRange-error")
    ActionChains(page.driver).move_to_element(mark).perform()
    (button,) = page.wait(lambda: page.inside(".cm-tooltip .cm-diagnosticAction"))
    assert "did you mean command?" in page.inside(".cm-tooltip .cm-diagnostic")[0].text
    button.click()
    assert page.text == CLEAN


def test_the_last_text_is_checked_while_a_check_runs(page: Page) -> None:
    many = "".join(f"  t{n}: {{name: T, comand: c}}\n" for n in range(300))
    page.show("tasks:\n" + many)
    page.click_at("tasks:\n")
    for key in "abc":
        page.press(key)
        time.sleep(0.2)
    page.run(f"{EDITOR}; view.dispatch({{changes: {{from: 0, to: view.state.doc.length}}}})")
    page.wait(lambda: page.rules() == ["empty-document"])


def test_a_fix_of_an_older_text_changes_nothing(page: Page) -> None:
    page.show(SMALL)
    page.run(
        f"{EDITOR}; view.dispatch({{changes: {{from: 0, insert: '# new\\n'}}}});"
        "document.querySelector('#list .fix').click()"
    )
    assert page.text == "# new\n" + SMALL
    assert "has changed" in page.one("#status").text
    page.wait(lambda: page.texts("#list .position") == ["5:5"])
    page.one("#list .fix").click()
    assert page.text == "# new\n" + CLEAN


def test_an_answer_about_another_text_of_the_tab_is_dropped(page: Page) -> None:
    many = "".join(f"  t{n}: {{name: T, comand: c}}\n" for n in range(300))
    page.show("tasks:\n" + many)
    page.run("document.getElementById('everything').click()")
    page.run("location.hash = '#rule=unknown-field'")
    page.wait(lambda: page.text == all_rules()["unknown-field"].bad)
    page.run("document.getElementById('everything').click()")
    page.wait(lambda: page.rules() == ["unknown-field"])


def test_completion(page: Page) -> None:
    page.show("tasks:\n  a:\n    name: A\n    ")
    page.click_at("    name: A\n    ")
    page.press("co")
    options = page.wait(lambda: page.inside(".cm-tooltip-autocomplete li"))
    assert options[0].text.startswith("command")
    # CodeMirror takes no key for an option before that has been there for a moment.
    time.sleep(0.2)
    page.press(Keys.ENTER)
    assert page.text == "tasks:\n  a:\n    name: A\n    command: "


def test_hover(page: Page) -> None:
    page.show(CLEAN)
    (word,) = [each for each in page.inside(".cm-line span") if each.text == "name"]
    ActionChains(page.driver).move_to_element(word).perform()
    (about,) = page.wait(lambda: page.inside(".cm-tooltip .cm-about"))
    assert "required" in about.text


def test_graph_and_plan_follow_the_text(page: Page) -> None:
    page.show(CLEAN)
    page.one("[data-name=graph]").click()
    picture = page.wait(lambda: page.all("#graph img"))[0]
    assert picture.get_attribute("alt") == "Graph: 1 task, 0 services and 0 dependencies"
    assert page.wait(lambda: page.run("return document.querySelector('#graph img').naturalWidth"))
    page.click_at("manual]\n")
    page.press("  b: {name: B, command: b, triggeredBy: [manual], dependsOn: [a]}")
    page.wait(lambda: page.all("#graph img[alt='Graph: 2 tasks, 0 services and 1 dependency']"))
    page.one("[data-name=plan]").click()
    page.wait(lambda: len(page.texts("#plan ol > li")) == 2)
    assert page.texts("#plan h3")[0].startswith("manual")


def test_what_takes_long_is_said(page: Page) -> None:
    page.show(CLEAN)
    page.run(
        "window.post = Worker.prototype.postMessage; window.late = [];"
        "Worker.prototype.postMessage = function (message) { late.push([this, message]); }"
    )
    try:
        page.one("[data-name=graph]").click()
        page.wait(lambda: page.texts("#time") == ["Drawing…"])
    finally:
        page.run(
            "Worker.prototype.postMessage = post; late.forEach(([to, it]) => to.postMessage(it))"
        )
    page.wait(lambda: page.texts("#time") == [""])
    assert len(page.all("#graph img")) == 1


def test_a_cycle_is_named_by_what_is_loaded_later(page: Page) -> None:
    page.show(CYCLE)
    assert "dependency-cycle" in page.rules()
    assert page.texts("#list .message")[0].startswith("a dependency cycle")


def test_a_link_holds_the_text(page: Page) -> None:
    text = "# größer 😀 + / =\n" + SMALL
    page.show(text)
    page.one("#copy").click()
    page.wait(lambda: "ink" in page.one("#status").text)
    fragment = page.run("return location.hash")
    assert fragment.startswith("#tab=automations&text=")
    page.open(fragment)
    assert (page.text, page.rules()) == (text, ["unknown-field"])


def test_a_damaged_link_is_reported(page: Page) -> None:
    page.show(CLEAN)
    page.run("location.hash = '#text=AAAA'")
    page.wait(lambda: "damaged" in page.one("#status").text)
    assert page.text == CLEAN


def test_a_text_too_long_for_a_link(page: Page) -> None:
    page.show(CLEAN)
    before = page.run("return location.href")
    long = f"{EDITOR}; view.dispatch({{changes: {{from: 0, insert: '#'.repeat(1_000_001)}}}})"
    page.run(long)
    page.one("#copy").click()
    page.wait(lambda: "too long" in page.one("#status").text)
    assert page.run("return location.href") == before


def test_the_examples_of_rules(page: Page) -> None:
    rules = all_rules()
    for name, tab in [
        ("dependency-cycle", "automations"),
        ("invalid-cron", "workflow"),
        ("phase-mismatch", "api"),
        (next(name for name, rule in rules.items() if rule.optional and rule.bad), "automations"),
    ]:
        page.follow(f"#rule={name}")
        assert page.text == rules[name].bad
        assert name in page.rules()
        assert page.one("#tabs [aria-selected=true]").get_attribute("data-name") == tab
    page.open("#rule=dependency-cycle")
    assert "dependency-cycle" in page.rules()
    Select(page.one("#example")).select_by_visible_text("unknown-field")
    page.wait(lambda: page.text == rules["unknown-field"].bad)
    page.wait(lambda: "unknown-field" in page.rules())
    # Once more, after a change.
    page.one("#list .fix").click()
    page.wait(lambda: "unknown-field" not in page.rules())
    example = Select(page.one("#example"))
    example.select_by_index(0)
    example.select_by_visible_text("unknown-field")
    page.wait(lambda: page.text == rules["unknown-field"].bad)


def test_migration(page: Page) -> None:
    page.show("tasks:\n  - init: npm ci\n", "classic")
    assert "command: npm ci" in page.wait(lambda: page.texts("#migrated pre"))[0]
    page.click_at("npm ci")
    page.press(" --force")
    page.wait(lambda: "npm ci --force" in page.texts("#migrated pre")[0])
    page.one("#panels [data-name=findings]").click()
    assert page.one("#summary").text


def test_the_keyboard_is_enough(page: Page) -> None:
    page.show(CLEAN)
    page.one("#tabs [data-name=automations]").click()
    page.press(Keys.ARROW_RIGHT)
    assert page.run("return document.activeElement.dataset.name") == "workflow"
    page.press(Keys.END)
    assert page.run("return document.activeElement.dataset.name") == "api"
    page.press(Keys.HOME)
    page.press(Keys.TAB)
    assert page.run("return document.activeElement.id") == "editor"
    page.press(Keys.TAB)
    assert page.run("return document.activeElement.id") == "editor"
    page.press(Keys.ESCAPE)
    page.press(Keys.TAB)
    assert page.run("return document.activeElement.dataset.name") == "findings"


def test_every_control_has_a_name_and_ids_are_unique(page: Page) -> None:
    page.show(SMALL)
    nameless = page.run(
        "return [...document.querySelectorAll('a, button, input, select, progress, [role]')]"
        ".filter((each) => !(each.textContent.trim() || each.getAttribute('aria-label')"
        " || each.getAttribute('aria-labelledby') || (each.labels || []).length"
        " || each.getAttribute('role') === 'status')).map((each) => each.outerHTML)"
    )
    assert nameless == []
    ids = page.run("return [...document.querySelectorAll('[id]')].map((each) => each.id)")
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_all_text_can_be_read_in_light_and_dark(page: Page, scheme: str) -> None:
    feature = {"name": "prefers-color-scheme", "value": scheme}
    page.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [feature]})
    page.show(SMALL + "    dependsOn: [a, a]\n")
    canvas = page.run("return getComputedStyle(document.body).backgroundColor")
    assert canvas == {"light": "rgb(255, 255, 255)", "dark": "rgb(13, 17, 23)"}[scheme]
    assert page.run(CONTRAST) == []
    page.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": []})


@pytest.mark.parametrize("panel", ["findings", "graph", "plan"])
def test_nothing_is_wider_than_a_phone(page: Page, panel: str) -> None:
    size = {"width": 375, "height": 700, "deviceScaleFactor": 2, "mobile": True}
    page.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    try:
        page.show(SMALL + "    dependsOn: [a, a]\n", panel=panel)
        assert page.run("return document.documentElement.scrollWidth") <= 375
        above, below = page.one("#editor"), page.one("#side")
        assert above.rect["y"] + above.rect["height"] <= below.rect["y"] + 1
    finally:
        page.driver.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})


@pytest.mark.parametrize("lacking", ["WebAssembly", "Worker", "CompressionStream"])
def test_a_browser_that_lacks_something_is_told(page: Page, lacking: str) -> None:
    source = {"source": f"delete window.{lacking}"}
    added = page.driver.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", source)
    try:
        page.driver.get("about:blank")
        page.driver.get(page.address)
        page.wait(lambda: page.all("#failure"))
        assert page.all("#loading, #results, #editor, #tabs") == []
        assert "pip install" in page.one("#failure").text
        assert page.one("#why").text
    finally:
        page.driver.execute_cdp_cmd("Page.removeScriptToEvaluateOnNewDocument", added)


def test_without_scripts_nothing_is_there_to_press(page: Page) -> None:
    page.driver.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
    try:
        page.driver.get("about:blank")
        page.driver.get(page.address)
        assert "needs JavaScript" in page.one("#side").text
        assert page.all("button, input, select, progress") == []
    finally:
        page.driver.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})


def test_a_missing_file_is_reported(built: Path, tmp_path: Path) -> None:
    shutil.copytree(built, tmp_path / "out")
    (tmp_path / "out/package.zip").unlink()
    with serve(tmp_path / "out") as address, chromium(tmp_path / "profile") as driver:
        page = Page(driver, address)
        driver.get(address)
        page.wait(lambda: page.all("#failure"))
        assert "package.zip: 404" in page.one("#why").text


def test_the_source_is_well_typed(built: Path) -> None:
    done = subprocess.run(
        ["npm", "run", "--silent", "check"],
        cwd=built.parent / "source",
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout
