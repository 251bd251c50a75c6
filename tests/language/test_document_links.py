"""Links from scripts to files."""

from __future__ import annotations

import pytest

from validator.language.features.document_links import file_links
from validator.language.snapshot import View


def links(script: str) -> list[str]:
    lines = "".join(f"      {line}\n" for line in script.splitlines())
    text = f"tasks:\n  a:\n    name: A\n    command: |\n{lines}"
    found = file_links(View.of(text))
    assert all(text[slice(*each.span)] in script for each in found)
    return [each.path for each in found]


@pytest.mark.parametrize(
    ("script", "paths"),
    [
        ("./scripts/x.sh --all", ["scripts/x.sh"]),
        ("bash x.sh && sh ../x.sh", ["x.sh", "../x.sh"]),
        ("docker compose -f dev/compose.yml --env-file=.env up", ["dev/compose.yml", ".env"]),
        ("python manage.py < data.sql", ["manage.py", "data.sql"]),
        ("cd web && ./x.sh\n./y.sh", ["web/x.sh", "web/y.sh"]),
        ("cd web; cd ../api; ./x.sh", ["api/x.sh"]),
        ('cd "$HOME"\n./x.sh', []),
        ("(cd web)\n./x.sh", []),
        ("if cd web; then ./x.sh; fi", []),
        ("cd /tmp && ./x.sh", []),
        ("/usr/bin/x.sh ~/y.sh $D/z.sh '*.sh' *.sh https://x.example/a.sh", []),
        ("npm ci", []),
    ],
)
def test_paths_in_scripts(script: str, paths: list[str]) -> None:
    assert links(script) == paths


def test_places_in_quotes_and_in_folded_lines() -> None:
    text = "tasks:\n  a: {name: A, command: \"bash x.sh '\\u0041'\"}\n"
    text += "  b:\n    name: B\n    command: >\n      bash\n      y.sh\n"
    found = file_links(View.of(text))
    assert [text[slice(*each.span)] for each in found] == ["x.sh", "y.sh"]


def test_a_broken_text_has_no_links() -> None:
    assert file_links(View.of("tasks: [")) == ()
