"""Draw the icon of the VS Code extension: the Marketplace takes no SVG.

$ python -m scripts.icon
"""

from __future__ import annotations

import base64
import shutil
from pathlib import Path

from selenium import webdriver

IMAGES = Path(__file__).parents[1] / "editors/vscode/images"
SIZE = 256


def draw(svg: str) -> bytes:
    """A picture as PNG, of 256 by 256 pixels, transparent where it draws nothing."""
    options = webdriver.ChromeOptions()
    options.binary_location = shutil.which("chromium") or ""
    for argument in ("headless=new", "no-sandbox", "disable-dev-shm-usage", "hide-scrollbars"):
        options.add_argument(f"--{argument}")
    service = webdriver.ChromeService(executable_path=shutil.which("chromedriver"))
    with webdriver.Chrome(options=options, service=service) as driver:
        color = {"color": {"r": 0, "g": 0, "b": 0, "a": 0}}
        driver.execute_cdp_cmd("Emulation.setDefaultBackgroundColorOverride", color)
        page = f"<style>body {{ margin: 0 }} svg {{ display: block }}</style>{svg}"
        content = base64.b64encode(page.encode()).decode()
        driver.get(f"data:text/html;charset=utf-8;base64,{content}")
        clip = {"x": 0, "y": 0, "width": SIZE, "height": SIZE, "scale": 1}
        shot = driver.execute_cdp_cmd("Page.captureScreenshot", {"format": "png", "clip": clip})
    return base64.b64decode(shot["data"])


def main() -> int:
    """Run the command; returns its exit code."""
    svg = (IMAGES / "icon.svg").read_text(encoding="utf-8")
    (IMAGES / "icon.png").write_bytes(draw(svg))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
