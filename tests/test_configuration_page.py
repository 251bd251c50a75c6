"""`docs/configuration.md` is what the configuration's schema says, and its examples load."""

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.test_check_command import run_in
from validator import load_config, schemas

PAGE = Path(__file__).parents[1] / "docs" / "configuration.md"
SCHEMA = schemas.of_kind("config")
BEGIN, END = "<!-- settings -->\n", "<!-- end of settings -->\n"


def rows(schema: schemas.Schema, prefix: str = "") -> Iterator[str]:
    for name, part in schemas.fields(schema).items():
        field: dict[str, Any] = schemas.target(schemas.Schema(schema.file, part)).value
        default = f" Default: `{field['default']}`." if "default" in field else ""
        most = f" Maximum: `{field['maximum']}`." if "maximum" in field else ""
        yield f"| `{prefix}{name}` | {field['type']} | {field['description']}{default}{most} |\n"
        if name == "limits":
            yield from rows(schemas.Schema(schema.file, part), f"{prefix}{name}.")
        if name == "per-path":
            yield from rows(
                schemas.Schema(schema.file, part["additionalProperties"]), "per-path.PATTERN."
            )


def test_the_page_lists_the_settings() -> None:
    text = PAGE.read_text(encoding="utf-8")
    table = f"{BEGIN}| setting | type | meaning |\n|---|---|---|\n{''.join(rows(SCHEMA))}{END}"
    if os.environ.get("UPDATE_FIXTURES"):
        text = re.sub(f"{BEGIN}.*{END}", lambda _: table, text, flags=re.DOTALL)
        PAGE.write_text(text, encoding="utf-8")
    assert table in text


@pytest.mark.parametrize("number", [0, 1])
def test_the_examples_load(number: int, tmp_path: Path) -> None:
    example = re.findall(r"```toml\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)[number]
    name = "pyproject.toml" if "[tool." in example else "automation-validator.toml"
    path = tmp_path / name
    path.write_text(example, encoding="utf-8")
    assert load_config(str(path)).ignore == {"never-triggered"}


def test_the_errors_shown_are_those_of_the_example(tmp_path: Path) -> None:
    page = PAGE.read_text(encoding="utf-8")
    found = re.search(r"```toml\n([^`]*)```\n\nthey are\n\n```text\n(.*?)```", page, re.DOTALL)
    assert found is not None
    (tmp_path / "automation-validator.toml").write_text(found[1], encoding="utf-8")
    done = run_in(tmp_path, "check")
    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr.decode() == found[2]
