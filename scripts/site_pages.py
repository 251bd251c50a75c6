"""The sources of the documentation site: `docs/`, and the pages that are kept elsewhere.

Links in the repository lead to files. On the site they lead to its own copy of the page or schema,
or to the repository; if the address of that is not known, only their text is left.
"""

from __future__ import annotations

import json
import os
import posixpath
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).parents[1]

PAGES = {
    "CHANGELOG.md": "about/changelog.md",
    "CONTRIBUTING.md": "about/contributing.md",
    "SECURITY.md": "about/security.md",
}
"""The pages from outside `docs/`, and where the site has them."""

PLAYGROUND = "playground/index.md"

_FENCED = re.compile(r"^( *)(```+).*?^\1\2$", re.MULTILINE | re.DOTALL)
_TO_PLAYGROUND = re.compile(r"^\[[^]\n]+\]\((?:\.\./)+playground/#[^)\s]*\)\n+", re.MULTILINE)
_LINK = re.compile(r"(!?)\[((?:[^][]|\[[^][]*\])*)\]\((?!https?:|mailto:|#)([^)\s]+)\)")


def write(folder: Path, *, repository: str = "", site: str = "", playground: bool = False) -> Path:
    """Write all sources of the site into an empty folder; returns its configuration file.

    `repository` and `site` are addresses without a slash at the end; empty if not known.
    """
    pages = folder / "docs"
    shutil.copytree(ROOT / "docs", pages)
    shutil.copytree(ROOT / "schema", pages / "schema")
    for source, target in PAGES.items():
        (pages / target).parent.mkdir(exist_ok=True)
        shutil.copy(ROOT / source, pages / target)
    if playground:
        # Its own build replaces the page; this one is for the navigation and the search.
        (pages / PLAYGROUND).parent.mkdir()
        (pages / PLAYGROUND).write_text(
            "# Playground\n\nCheck a file in the browser, which sends it nowhere.\n",
            encoding="utf-8",
        )
    # A search for a rule would find each of its changes.
    changes = pages / PAGES["CHANGELOG.md"]
    hidden = "---\nsearch:\n  exclude: true\n---\n\n"
    changes.write_text(hidden + changes.read_text(encoding="utf-8"), encoding="utf-8")
    for page in pages.rglob("*.md"):
        place = page.relative_to(pages).as_posix()
        text = page.read_text(encoding="utf-8")
        adapted = relinked(text, place, repository, playground=playground)
        page.write_text(adapted, encoding="utf-8", newline="\n")
    configuration = folder / "mkdocs.yml"
    configuration.write_text(
        _configuration(pages, repository, site, playground=playground), encoding="utf-8"
    )
    return configuration


def relinked(text: str, place: str, repository: str, *, playground: bool = False) -> str:
    """The text of a page of the site with its links as the site needs them.

    `place` is where the site has the page. Without a playground, a paragraph that is only a link
    to it is left out.
    """
    if not playground:
        text = _TO_PLAYGROUND.sub("", text)
    parts: list[str] = []
    at = 0
    for fenced in _FENCED.finditer(text):
        parts += [_relinked(text[at : fenced.start()], place, repository), fenced[0]]
        at = fenced.end()
    return "".join(parts) + _relinked(text[at:], place, repository)


def _relinked(text: str, place: str, repository: str) -> str:
    # The paths of files in the repository, by those on the site.
    elsewhere = {target: source for source, target in PAGES.items()}
    source = elsewhere.get(place, f"docs/{place}")

    def link(found: re.Match[str]) -> str:
        mark, words, address = found.groups()
        path, hash_, anchor = address.partition("#")
        target = posixpath.normpath(posixpath.join(posixpath.dirname(source), path))
        if target == posixpath.dirname(PLAYGROUND) and anchor:
            # To the folder: the anchors of a page would be checked.
            folder = posixpath.relpath(target, posixpath.dirname(place) or ".")
            return f"[{words}]({folder}/{hash_}{anchor})"
        if (here := _on_site(target)) is not None:
            address = posixpath.relpath(here, posixpath.dirname(place) or ".")
            return f"{mark}[{words}]({address}{hash_}{anchor})"
        if not repository:
            return words
        kind = "tree" if (ROOT / target).is_dir() else "blob"
        return f"{mark}[{words}]({repository}/{kind}/main/{target}{hash_}{anchor})"

    return _LINK.sub(link, text)


def _on_site(path: str) -> str | None:
    """Where the site has a file of the repository; None if it has not."""
    if path.startswith("docs/"):
        return path.removeprefix("docs/")
    if path.startswith("schema/"):
        return path
    return PAGES.get(path)


def _configuration(pages: Path, repository: str, site: str, *, playground: bool) -> str:
    """The text of `mkdocs.yml` with all pages in its navigation."""
    text = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    # Without a meaning for the tags, which name functions of Python.
    entries: list[Any] = yaml.load(text, Loader=yaml.BaseLoader)["nav"]
    listed = set(_paths(entries))
    nav = [_expanded(entry, pages, listed) for entry in entries]
    if playground:
        nav.append({"Playground": PLAYGROUND})
    # JSON is YAML.
    settings = {"nav": nav, "site_url": site and f"{site}/", "repo_url": repository}
    lines = [f"{name}: {json.dumps(value)}\n" for name, value in settings.items() if value]
    return re.sub(r"^nav:\n(?:[ -].*\n)*", "", text, flags=re.MULTILINE) + "".join(lines)


def _paths(entry: Any) -> Iterator[str]:
    """All paths of a part of the navigation."""
    if isinstance(entry, str):
        yield entry
    else:
        for each in entry.values() if isinstance(entry, dict) else entry:
            yield from _paths(each)


def _expanded(entry: Any, pages: Path, listed: set[str]) -> Any:
    """A part of the navigation with the pages of a folder in the place of `folder/*`."""
    if isinstance(entry, dict):
        return {title: _expanded(value, pages, listed) for title, value in entry.items()}
    if isinstance(entry, str):
        return entry
    expanded: list[Any] = []
    for each in entry:
        if isinstance(each, str) and each.endswith("/*"):
            expanded += _folder(pages, each.removesuffix("/*"), listed)
        else:
            expanded.append(_expanded(each, pages, listed))
    return expanded


def _folder(pages: Path, folder: str, listed: set[str]) -> list[Any]:
    """The pages of a folder that are not `listed`, in the order and groups of its index."""
    names = sorted(name for name in os.listdir(pages / folder) if name.endswith(".md"))
    left = [name for name in names if f"{folder}/{name}" not in listed]
    groups: dict[str, list[str]] = {"": []}
    index = pages / folder / "index.md"
    group = ""
    for line in index.read_text(encoding="utf-8").splitlines() if index.exists() else ():
        if line.startswith("## "):
            group = line.removeprefix("## ")
        for name in re.findall(r"\]\(([\w-]+\.md)\)", line):
            if name in left:
                left.remove(name)
                groups.setdefault(group, []).append(f"{folder}/{name}")
    groups[""] += [f"{folder}/{name}" for name in left]
    alone = groups.pop("")
    return [*alone, *({title: grouped} for title, grouped in groups.items())]
