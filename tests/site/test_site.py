"""The built site: its links, pictures and navigation, and that it loads nothing from elsewhere."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from scripts import site, site_pages
from tests.checkout import ROOT
from tests.site.markup import page
from tests.site.markup import target as target_of
from validator.rules import all_rules


def pages(built: Path) -> list[Path]:
    # The page for addresses that do not exist has addresses from the root.
    return [path for path in sorted(built.rglob("*.html")) if path.name != "404.html"]


def test_each_page_of_the_docs_is_a_page_of_the_site(built: Path) -> None:
    sources = {path.relative_to(ROOT / "docs") for path in (ROOT / "docs").rglob("*.md")}
    sources |= {Path(target) for target in site_pages.PAGES.values()}
    for source in sources:
        folder = source.parent if source.stem == "index" else source.with_suffix("")
        assert (built / folder / "index.html").is_file(), source


def test_each_page_is_in_the_navigation_of_its_section(built: Path) -> None:
    for path in pages(built):
        leads = {target_of(path, address, built)[0] for address in page(path).navigation}
        assert path in leads, path


def test_links_lead_to_pages_and_anchors_that_exist(built: Path) -> None:
    checked = 0
    for path in pages(built):
        for address in page(path).links:
            if re.match("https?:|mailto:", address):
                continue
            found, anchor = target_of(path, address, built)
            assert found.is_file(), f"{path}: {address}"
            assert not anchor or anchor in page(found).anchors, f"{path}: {address}"
            checked += 1
    assert checked > 1000


def test_nothing_is_loaded_from_elsewhere(built: Path) -> None:
    for path in built.rglob("*.html"):
        for address in page(path).loaded:
            assert not re.match(r"(\w+:)?//", address), f"{path}: {address}"
            if path.name != "404.html":
                assert target_of(path, address, built)[0].is_file(), f"{path}: {address}"
    for path in built.rglob("*.css"):
        addresses = re.findall(r"url\(\"?([^)\"]*)", path.read_text(encoding="utf-8"))
        assert not [each for each in addresses if re.match(r"(https?:)?//", each)], path


def test_pictures_say_what_they_show(built: Path) -> None:
    pictures = [picture for path in pages(built) for picture in page(path).pictures]
    assert pictures
    assert all(len(picture.get("alt", "")) > 10 for picture in pictures)


def test_no_markdown_is_left_in_the_text(built: Path) -> None:
    """A list inside of a list, for one, needs more indentation than on GitHub."""
    left = re.compile(r"^\s*(?:[-*+]|\d+\.) .*|.*(?:```|`|\]\(|\*\*).*", re.MULTILINE)
    for path in pages(built):
        texts = page(path).texts
        assert texts
        assert [found[0] for text in texts for found in left.finditer(text)] == [], path


def test_the_search_knows_each_rule(built: Path) -> None:
    index = json.loads((built / "search.json").read_text(encoding="utf-8"))
    titles = {item["title"]: item["location"] for item in index["items"]}
    for name in all_rules():
        assert titles[name] == f"rules/{name}/"


def test_a_warning_is_an_error(
    tmp_path: Path, built: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    assert built.is_dir()
    write = site_pages.write

    def with_a_wrong_link(folder: Path, **settings: object) -> Path:
        configuration = write(folder, **settings)  # type: ignore[arg-type]
        (folder / "docs/index.md").write_text("# Home\n\n[there](nowhere.md)\n", encoding="utf-8")
        return configuration

    monkeypatch.setattr(site_pages, "write", with_a_wrong_link)
    assert site.main([str(tmp_path / "site"), "--without-playground"]) != 0
    assert "nowhere.md" in capfd.readouterr().err
    assert not (tmp_path / "site").exists()


def test_the_playground_is_built_into_its_page(
    tmp_path: Path, built: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert built.is_dir()
    run, builds = site._run, []

    def recorded(module: str, *arguments: str, folder: str) -> None:
        if module == site.PLAYGROUND:
            builds.append(arguments)
        else:
            run(module, *arguments, folder=folder)

    monkeypatch.setattr(site, "_run", recorded)
    target = tmp_path / "site"
    site.build(target)
    assert builds == [(str(target / "playground"),)]
    rule = (target / "rules/dependency-cycle/index.html").read_text(encoding="utf-8")
    assert '<a href="../../playground/#rule=dependency-cycle">' in rule
    home = page(target / "index.html")
    assert target / "playground/index.html" in {
        target_of(target / "index.html", address, target)[0] for address in home.navigation
    }
