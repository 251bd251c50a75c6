"""What the tests read of the site's HTML."""

from __future__ import annotations

import re
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

_ADDRESSES = {"href", "src", "srcset", "data", "poster", "action"}
_FETCHED = {"img", "script", "source", "iframe", "object", "video", "audio", "embed"}

_TEXTLESS = {"code", "nav", "pre", "script", "style", "svg"}


class Page(HTMLParser):
    """The addresses and anchors of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: list[str] = []
        """Addresses that a reader may follow."""
        self.loaded: list[str] = []
        """Addresses that the browser loads by itself."""
        self.anchors: set[str] = set()
        self.pictures: list[dict[str, str]] = []
        self.texts: list[str] = []
        """The text of the article, without code."""
        self.navigation: list[str] = []
        """The addresses in the navigation."""
        self._in_navigation = 0
        self._open: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _TEXTLESS | {"article"}:
            self._open.append(tag)
        values = {name: value or "" for name, value in attrs}
        self.anchors |= {values[name] for name in ("id", "name") if name in values}
        if tag == "nav":
            self._in_navigation += 1
        if tag == "img":
            self.pictures.append(values)
        for name in _ADDRESSES & values.keys():
            if tag in _FETCHED or (tag == "link" and _is_loaded(values.get("rel", ""))):
                self.loaded.append(values[name])
            else:
                self.links.append(values[name])
                if self._in_navigation:
                    self.navigation.append(values[name])
        self.loaded += re.findall(r"url\(([^)]*)\)", values.get("style", ""))

    def handle_data(self, data: str) -> None:
        if self._open == ["article"]:
            self.texts.append(data)

    def handle_endtag(self, tag: str) -> None:
        if self._open and self._open[-1] == tag:
            self._open.pop()
        if tag == "nav":
            self._in_navigation -= 1


def _is_loaded(rel: str) -> bool:
    return rel not in ("prev", "next", "canonical", "alternate", "edit")


@cache
def page(path: Path) -> Page:
    return Page(path.read_text(encoding="utf-8"))


def target(path: Path, address: str, root: Path) -> tuple[Path, str]:
    """The file and the anchor to which an address on a page leads."""
    place, _, anchor = address.partition("#")
    if not place:
        return path, anchor
    found = root / place.lstrip("/") if place.startswith("/") else path.parent / place
    if found.is_dir():
        found /= "index.html"
    return found.resolve(), anchor
