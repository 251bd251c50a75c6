"""The page about a file in a real browser: clicks, keyboard, search, plans, both colour schemes."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.browser import chromium, clear, logged, needs_browser, prefer, requested
from tests.checkout import ROOT
from tests.drawing.test_drawing import HOSTILE
from tests.drawing.test_page import page_of
from tests.optional import NEEDS

pytest.importorskip("selenium", reason=f"{NEEDS}the package selenium")

from selenium.webdriver import Chrome
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.ui import WebDriverWait

pytestmark = needs_browser

BROKEN = (ROOT / "fixtures/broken/.ona/automations.yaml").read_text(encoding="utf-8")


class Page:
    """A browser that shows a page, with what people see and do there."""

    def __init__(self, driver: Chrome, file: Path) -> None:
        self.driver = driver
        self.file = file

    def open(self, text: str, address: str = "") -> None:
        self.file.write_text(page_of(text), encoding="utf-8")
        # Force a reload, since the address may differ only in its fragment.
        self.driver.get("about:blank")
        self.driver.get(f"{self.file.as_uri()}{address}")

    def all(self, selector: str) -> list[WebElement]:
        """The visible elements."""
        self._settle()
        found: list[WebElement] = self.driver.find_elements(By.CSS_SELECTOR, selector)
        return [element for element in found if element.is_displayed()]

    def _settle(self) -> None:
        """Let the page finish pending work, such as following its address."""
        self.driver.execute_async_script("setTimeout(arguments[0], 20)")

    def one(self, selector: str) -> WebElement:
        (element,) = self.all(selector)
        return element

    def texts(self, selector: str) -> list[str]:
        return [element.text for element in self.all(selector)]

    def press(self, *keys: str) -> None:
        for key in keys:
            self.driver.switch_to.active_element.send_keys(key)

    @property
    def focus(self) -> str:
        """What has the focus, by the page's own names."""
        self._settle()
        element: WebElement = self.driver.switch_to.active_element
        return element.get_attribute("data-item") or element.get_attribute("id") or element.text


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    folder = tmp_path_factory.mktemp("browser")
    with chromium(folder / "profile") as driver:
        yield Page(driver, folder / "page.html")


@pytest.fixture
def page(browser: Page) -> Iterator[Page]:
    """A browser whose log must be empty, and that must make no network requests."""
    clear(browser.driver)
    yield browser
    assert logged(browser.driver, "browser") == []
    assert requested(browser.driver) <= {browser.file.as_uri()}


def test_a_click_on_a_node_shows_its_item_and_findings(page: Page) -> None:
    page.open(BROKEN)
    assert len(page.all("#list li")) == 6
    page.one("svg [data-item='2']").click()
    assert page.texts("#items h3") == ["Migrate the database"]
    article = page.one("#items article").text
    assert "PostgreSQL database" in article
    assert "no task or service has the reference instal; did you mean install?" in article
    assert page.texts("#items mark") == ["instal", "containerStart"]
    assert page.texts("#list li") == []
    assert len(page.all("svg .edge.near")) == 2
    page.one("#items dd a[href='#item-0']").click()
    assert page.texts("#items h3") == ["PostgreSQL"]
    page.driver.back()
    WebDriverWait(page.driver, 10).until(lambda _: page.texts("#items h3") != ["PostgreSQL"])
    assert page.texts("#items h3") == ["Migrate the database"]


def test_a_click_marks_what_is_lost_when_the_item_fails(page: Page) -> None:
    page.open((ROOT / "fixtures/plan/explained.yaml").read_text(encoding="utf-8"))
    assert page.all("#legend") == []
    page.one("svg [data-item='3']").click()
    lost = [node.get_attribute("data-item") for node in page.all("svg .lost")]
    assert lost == ["4", "5", "6"]
    assert page.texts("#legend") == ["Dashed: 3 items that do not run if the selected one fails"]
    assert "load does not run, nor what needs it." in page.texts(".why p")
    page.one("svg [data-item='5']").click()
    assert page.texts("#legend") == ["Dashed: 1 item that does not run if the selected one fails"]
    page.one("svg [data-item='6']").click()
    assert page.all("svg .lost, #legend") == []
    page.one("svg [data-item='3']").click()
    page.press(Keys.ESCAPE)
    assert page.all("svg .lost, #legend") == []


def test_the_search_filters_graph_list_and_findings(page: Page) -> None:
    page.open(BROKEN)
    page.one("#search").send_keys("NPM build")
    assert [text.split("\n")[0] for text in page.texts("#list li")] == ["Build"]
    assert page.one("#found").text == "1 of 6 items, 0 of 7 findings"
    faded = {node.get_attribute("data-item") for node in page.all("svg .item.faded")}
    assert faded == {"0", "1", "2", "4", "5"}
    assert page.all("svg .edge[data-task]") == []
    page.press(Keys.ENTER)
    assert page.texts("#items h3") == ["Build"]

    page.one("#tab-findings").click()
    page.one("#search").clear()
    page.one("#search").send_keys("cycle")
    assert page.texts("#findings .finding code")[0] == "dependency-cycle"
    assert len(page.all("#findings .finding")) == 1
    page.press(Keys.ESCAPE)
    assert page.one("#search").get_attribute("value") == ""
    assert len(page.all("#findings .finding")) == 7
    assert page.all("svg .faded") == []


IDLE = """
services:
  db: {name: Database, commands: {start: postgres}}
tasks:
  test: {name: Test, command: npm test, triggeredBy: [prebuild, manual]}
"""

PLANNED = """
services:
  db: {name: Database, commands: {start: postgres}}
tasks:
  install: {name: Install, command: npm ci, triggeredBy: [prebuild]}
  migrate: {name: Migrate, command: ./migrate, dependsOn: [db, install], triggeredBy: [manual]}
  test: {name: Test, command: npm test, dependsOn: [migrate], triggeredBy: [manual]}
  other: {name: Other, command: c, triggeredBy: [prebuild]}
"""


def test_the_plan_of_a_trigger_shows_its_groups(page: Page) -> None:
    page.open(PLANNED)
    page.one("#tab-plan").click()
    assert page.texts("#trigger option") == ["prebuild", "manual"]
    assert page.texts("#plan .group h4") == ["Group 1, at the same time"]
    page.one("#trigger").send_keys("m")
    needed = "Database db pulled in by migrate\nInstall install pulled in by migrate"
    assert page.texts("#plan .group") == [
        "Group 1, at the same time\n" + needed,
        "Group 2\nMigrate migrate",
        "Group 3\nTest test",
    ]
    badges = {
        node.get_attribute("data-item"): node.find_element(By.CSS_SELECTOR, ".badge").text
        for node in page.all("svg .item.planned")
    }
    assert badges == {"0": "1", "1": "1", "2": "2", "3": "3"}
    assert [node.get_attribute("data-item") for node in page.all("svg .item.faded")] == ["4"]
    page.one("#plan a[href='#item-3']").click()
    assert page.texts("#items h3") == ["Test"]
    assert page.all("svg .faded, svg .planned") == []


def test_the_keyboard_is_enough(page: Page) -> None:
    page.open(PLANNED)
    page.press("/")
    assert page.focus == "search"
    page.press(Keys.TAB)
    assert page.focus == "0"
    page.press(Keys.ARROW_RIGHT)
    assert page.focus == "2"
    page.press(Keys.ARROW_RIGHT, Keys.ARROW_LEFT, Keys.ARROW_LEFT, Keys.ARROW_DOWN)
    node = page.focus
    assert node in ("0", "1")
    ring = page.driver.switch_to.active_element.find_element(By.CSS_SELECTOR, ".focus")
    assert ring.value_of_css_property("stroke") not in ("none", "rgba(0, 0, 0, 0)")
    page.press(Keys.ENTER)
    assert page.texts("#items h3") == [("Database", "Install")[int(node)]]
    assert page.focus == f"item-{node}"
    page.press(Keys.ESCAPE)
    assert page.texts("#items h3") == []
    assert page.focus == node
    assert len(page.all("#list li")) == 5

    page.one("#tab-items").send_keys(Keys.ARROW_RIGHT)
    assert (page.focus, page.texts("#plan .group h4")) == (
        "tab-plan",
        ["Group 1, at the same time"],
    )
    page.press(Keys.ARROW_RIGHT, Keys.ARROW_RIGHT)
    assert page.focus == "tab-items"
    page.press("/", Keys.ARROW_DOWN, Keys.ARROW_DOWN, Keys.ENTER)
    assert page.texts("#items h3") == ["Install"]
    assert page.focus == "item-1"


def test_every_control_has_a_name_and_ids_are_unique(page: Page) -> None:
    page.open(BROKEN)
    nameless = page.driver.execute_script(
        "return [...document.querySelectorAll('a, button, input, select, [role]')]"
        ".filter((each) => !(each.textContent.trim() || each.getAttribute('aria-label')"
        " || (each.labels || []).length || each.getAttribute('role') === 'status'))"
        ".map((each) => each.outerHTML)"
    )
    assert nameless == []
    ids = page.driver.execute_script(
        "return [...document.querySelectorAll('[id]')].map((each) => each.id)"
    )
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(
    ("text", "address"),
    [(BROKEN, "#item-2"), (BROKEN, "#rule-dependency-cycle"), (IDLE, "#item-0")],
)
def test_all_text_can_be_read_in_light_and_dark(
    page: Page, scheme: str, text: str, address: str
) -> None:
    prefer(page.driver, scheme)
    page.open(text, address)
    canvas = page.driver.execute_script("return getComputedStyle(document.body).backgroundColor")
    assert canvas == {"light": "rgb(255, 255, 255)", "dark": "rgb(13, 17, 23)"}[scheme]
    poor = page.driver.execute_script(CONTRAST)
    assert poor == []


CONTRAST = """
const numbers = (color) => color.match(/[\\d.]+/g).map(Number);
const bright = (color) => {
  const [r, g, b] = numbers(color).map((each) => each / 255)
    .map((each) => each <= 0.04045 ? each / 12.92 : ((each + 0.055) / 1.055) ** 2.4);
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
};
const behind = (element) => {
  if (element.ownerSVGElement) {
    const rects = [...element.parentNode.querySelectorAll("rect.box, rect.pill")];
    const box = element.getBoundingClientRect();
    const within = rects.filter((each) => {
      const around = each.getBoundingClientRect();
      const high = around.top <= box.top + 3 && around.bottom >= box.bottom - 3;
      return high && around.left <= box.left;
    });
    if (within.length) return getComputedStyle(within[within.length - 1]).fill;
    return getComputedStyle(element.ownerSVGElement.querySelector(".canvas")).fill;
  }
  for (let at = element; at; at = at.parentElement) {
    const color = getComputedStyle(at).backgroundColor;
    if (numbers(color)[3] !== 0) return color;
  }
};
const texts = [...document.querySelectorAll("*")].filter((each) => each.checkVisibility() &&
  [...each.childNodes].some((child) => child.nodeType === 3 && child.data.trim()));
return texts.filter((each) => !["STYLE", "SCRIPT", "TITLE", "title"].includes(each.tagName))
  .map((each) => {
    const style = getComputedStyle(each);
    const [one, other] = [bright(each.ownerSVGElement ? style.fill : style.color),
      bright(behind(each))].sort((a, b) => b - a);
    return [(one + 0.05) / (other + 0.05), each.outerHTML.slice(0, 120)];
  }).filter(([ratio]) => ratio < 4.5);
"""


def test_what_a_document_holds_does_nothing(page: Page) -> None:
    page.open(HOSTILE)
    assert len(page.all("#list li")) == 6
    for number in range(6):
        page.driver.execute_script(f"location.hash = 'item-{number}'")
    assert page.driver.execute_script("return document.images.length") == 0
    assert page.driver.title == "x.yaml"


CHAIN = "tasks:\n" + "".join(
    f"  t{n}: {{name: Step {n}, command: c, dependsOn: [{f't{n - 1}' if n else ''}]}}\n"
    for n in range(60)
)


def box_of(page: Page, item: int) -> dict[str, float]:
    """The place and size of an item on the screen."""
    found: dict[str, float] = page.driver.execute_script(
        "return document.querySelector(`[data-item='${arguments[0]}'] .box`)"
        ".getBoundingClientRect().toJSON()",
        item,
    )
    return found


def mouse(page: Page, kind: str, at: tuple[float, float], **more: object) -> None:
    event = {"type": kind, "x": at[0], "y": at[1], "pointerType": "mouse", **more}
    page.driver.execute_cdp_cmd("Input.dispatchMouseEvent", event)


def drag(page: Page, start: tuple[float, float], by: tuple[float, float]) -> None:
    held: dict[str, object] = {"button": "left", "buttons": 1, "clickCount": 1}
    mouse(page, "mousePressed", start, **held)
    for step in range(1, 6):
        at = (start[0] + by[0] * step / 5, start[1] + by[1] * step / 5)
        mouse(page, "mouseMoved", at, **held)
    mouse(page, "mouseReleased", at, button="left", clickCount=1)


def test_buttons_and_keys_zoom(page: Page) -> None:
    page.open(BROKEN)
    width = box_of(page, 0)["width"]
    page.one("#larger").click()
    assert box_of(page, 0)["width"] == pytest.approx(1.25 * width)
    page.one("#smaller").click()
    page.press("-")
    assert box_of(page, 0)["width"] == pytest.approx(0.8 * width)
    page.press("+", "=")
    assert box_of(page, 0)["width"] == pytest.approx(1.25 * width)
    page.press("0")
    assert box_of(page, 0)["width"] == pytest.approx(width)
    page.press("/", "0", "+")
    assert page.one("#search").get_attribute("value") == "0+"
    assert box_of(page, 0)["width"] == pytest.approx(width)


def test_fit_shows_all_of_a_chain_and_the_arrow_keys_go_on(page: Page) -> None:
    page.open(CHAIN)
    frame = page.one("#scroll").rect
    assert box_of(page, 59)["left"] > frame["width"]
    page.one("#search").click()
    page.press(Keys.TAB, Keys.ARROW_RIGHT, Keys.ARROW_RIGHT)
    page.one("#whole").click()
    assert page.focus == "2"
    boxes = [box_of(page, number) for number in range(60)]
    assert all(frame["x"] <= box["left"] for box in boxes)
    assert all(box["right"] <= frame["x"] + frame["width"] for box in boxes)
    page.press(Keys.ARROW_RIGHT, Keys.ARROW_RIGHT, Keys.ARROW_LEFT)
    assert page.focus == "3"
    # Also where the button is used by the keyboard.
    page.driver.execute_script("document.querySelector('#whole').focus()")
    page.press(Keys.ENTER, Keys.ARROW_RIGHT)
    assert page.focus == "4"
    # Where nothing has the focus, they begin with it.
    page.driver.execute_script("document.activeElement.blur()")
    page.press(Keys.ARROW_RIGHT)
    assert page.focus == "4"
    # What has the focus stays there, and what gets it is seen.
    before = box_of(page, 4)
    page.press(*["+"] * 8)
    assert box_of(page, 4)["left"] > before["left"] - 100
    page.press(*[Keys.ARROW_RIGHT] * 20)
    assert page.focus == "24"
    assert 0 < box_of(page, 24)["left"] < box_of(page, 24)["right"] < frame["width"]


def test_the_wheel_zooms_at_the_pointer(page: Page) -> None:
    page.open(BROKEN)
    before = box_of(page, 3)
    x, y = before["left"] + 30, before["top"] + 20
    mouse(page, "mouseWheel", (x, y), deltaX=0, deltaY=-200)
    WebDriverWait(page.driver, 10).until(lambda _: box_of(page, 3)["width"] > before["width"])
    after = box_of(page, 3)
    factor = after["width"] / before["width"]
    assert x - after["left"] == pytest.approx(30 * factor, abs=0.5)
    assert y - after["top"] == pytest.approx(20 * factor, abs=0.5)
    mouse(page, "mouseWheel", (x, y), deltaX=0, deltaY=200)
    WebDriverWait(page.driver, 10).until(lambda _: box_of(page, 3)["width"] < after["width"])
    assert box_of(page, 3)["left"] == pytest.approx(before["left"], abs=0.5)


def test_dragging_moves_the_picture_and_opens_nothing(page: Page) -> None:
    page.open(BROKEN)
    before = box_of(page, 3)
    drag(page, (before["left"] + 20, before["top"] + 20), (-120, 60))
    after = box_of(page, 3)
    assert (after["left"], after["top"]) == pytest.approx(
        (before["left"] - 120, before["top"] + 60), abs=1
    )
    assert page.texts("#items h3") == []
    page.one("svg [data-item='3']").click()
    assert page.texts("#items h3") == ["Build"]
    # Some of it is always left to be seen.
    drag(page, (500, 600), (-5000, -5000))
    assert box_of(page, 0)["width"] > 0
    frame = page.one("#scroll").rect
    assert any(box_of(page, number)["right"] > frame["x"] for number in range(6))


def test_two_fingers_zoom(page: Page) -> None:
    page.open(BROKEN)
    before = box_of(page, 0)["width"]

    def touch(kind: str, *points: tuple[int, int]) -> None:
        touches = [{"x": x, "y": y, "id": number} for number, (x, y) in enumerate(points)]
        event = {"type": kind, "touchPoints": touches}
        page.driver.execute_cdp_cmd("Input.dispatchTouchEvent", event)

    touch("touchStart", (450, 400))
    touch("touchStart", (450, 400), (550, 400))
    for apart in range(10, 110, 10):
        touch("touchMove", (450 - apart, 400), (550 + apart, 400))
    touch("touchEnd")
    assert box_of(page, 0)["width"] > 2 * before


def test_the_name_of_a_rule_leads_to_its_explanation(page: Page) -> None:
    page.open(BROKEN, "#findings")
    assert page.texts("#findings article") == []
    page.one("#findings a[href='#rule-dependency-cycle']").click()
    assert page.texts("#findings h3") == ["dependency-cycle"]
    assert page.all("#findings .finding") == []
    assert page.focus == "rule-dependency-cycle"
    page.press(Keys.ESCAPE)
    assert len(page.all("#findings .finding")) == 7
    page.open(BROKEN, "#item-3")
    page.one("#items a[href='#rule-dependency-cycle']").click()
    assert page.texts("#findings h3") == ["dependency-cycle"]


def test_a_file_with_errors_has_no_plan(page: Page) -> None:
    page.open(BROKEN)
    page.one("#tab-plan").click()
    assert page.one("#plan p").text == "A file with errors has no plan; see its findings."
    assert page.all("svg .faded, svg .planned") == []
    page.one("#plan a").click()
    assert len(page.all("#findings .finding")) == 7


@pytest.mark.parametrize("text", ["", "tasks: [", "tasks: {a: {name: A, command: c}}"])
def test_little_or_nothing_to_show(page: Page, text: str) -> None:
    page.open(text)
    page.one("#tab-findings").click()
    assert page.one("#findings").text
    page.one("#tab-plan").click()
