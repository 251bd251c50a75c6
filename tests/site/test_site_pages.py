"""The sources of the site: links and navigation."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from scripts import site_pages

HERE = "guides/ci.md"
REPOSITORY = "https://git.example/automation-validator"


@pytest.mark.parametrize(
    ("link", "expected"),
    [
        ("[a](editors.md#neovim)", "[a](editors.md#neovim)"),
        ("[a](../rules/index.md)", "[a](../rules/index.md)"),
        ("[a](#below)", "[a](#below)"),
        ("[a](https://semver.org)", "[a](https://semver.org)"),
        ("[a](../../schema/task.schema.json)", "[a](../schema/task.schema.json)"),
        ("[a](../../SECURITY.md#shellcheck)", "[a](../about/security.md#shellcheck)"),
        ("![a](graph.svg)", "![a](graph.svg)"),
        (
            "[`a` [b]](../../validator/cron.py)",
            f"[`a` [b]]({REPOSITORY}/blob/main/validator/cron.py)",
        ),
        ("[a](../../editors)", f"[a]({REPOSITORY}/tree/main/editors)"),
        ("```md\n[a](../../editors)\n```\n", "```md\n[a](../../editors)\n```\n"),
    ],
)
def test_links_lead_where_the_site_has_something(link: str, expected: str) -> None:
    assert site_pages.relinked(link, HERE, REPOSITORY) == expected


def test_links_of_pages_from_elsewhere_lead_to_the_same_pages() -> None:
    text = "[a](docs/rules/index.md), [b](SECURITY.md) and [c](docs/index.md#more)"
    expected = "[a](../rules/index.md), [b](security.md) and [c](../index.md#more)"
    assert site_pages.relinked(text, "about/changelog.md", "") == expected


def test_without_an_address_of_the_repository_the_text_of_a_link_is_left() -> None:
    text = "See [`cron`](../../validator/cron.py) and [Helix](editors.md#helix)."
    assert site_pages.relinked(text, HERE, "") == "See `cron` and [Helix](editors.md#helix)."


def test_a_link_to_the_playground_needs_one() -> None:
    text = "a\n\n[Try it](../../playground/#rule=x)\n\nb\n"
    made = "a\n\n[Try it](../playground/#rule=x)\n\nb\n"
    assert site_pages.relinked(text, "rules/x.md", "", playground=True) == made
    assert site_pages.relinked(text, "rules/x.md", REPOSITORY) == "a\n\nb\n"


def test_the_rules_are_in_the_order_and_groups_of_their_index(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, text in {
        "mkdocs.yml": "site_name: a\nnav:\n  - Home: index.md\n  - Rules:\n      - rules/index.md"
        "\n      - rules/*\n",
        "docs/index.md": "# Home\n",
        "docs/rules/index.md": "# Rules\n\n[b](b.md)\n\n## More\n\n[c](c.md), [a](a.md)\n",
        **{f"docs/rules/{name}.md": f"# {name}\n" for name in "abcd"},
        "schema/a.json": "{}",
        **dict.fromkeys(site_pages.PAGES, "# About\n"),
    }.items():
        (tmp_path / "from" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "from" / name).write_text(text, encoding="utf-8")
    monkeypatch.setattr(site_pages, "ROOT", tmp_path / "from")
    configuration = site_pages.write(tmp_path / "to", site="https://docs.example", playground=True)
    settings = yaml.safe_load(configuration.read_text(encoding="utf-8"))
    assert settings == {
        "site_name": "a",
        "site_url": "https://docs.example/",
        "nav": [
            {"Home": "index.md"},
            {
                "Rules": [
                    "rules/index.md",
                    "rules/b.md",
                    "rules/d.md",
                    {"More": ["rules/c.md", "rules/a.md"]},
                ]
            },
            {"Playground": "playground/index.md"},
        ],
    }
    assert (tmp_path / "to/docs/playground/index.md").is_file()
