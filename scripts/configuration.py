"""Generate the schema of the configuration, and the settings on the page that lists them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from validator import schemas
from validator.rules import IGNORABLE, SELECTORS, all_rules

_BEGIN, _END = "<!-- settings -->\n", "<!-- end of settings -->\n"


def schema(text: str) -> str:
    """The text of `schema/config.schema.json`, with the names of all rules."""
    schema = json.loads(text)
    definitions = schema["definitions"]
    definitions["selector"]["anyOf"][0]["enum"] = [*SELECTORS, *all_rules()]
    definitions["ignored"]["anyOf"][0]["enum"] = [*IGNORABLE, *all_rules()]
    severity = next(iter(definitions["severities"]["properties"].values()))
    definitions["severities"]["properties"] = dict.fromkeys(all_rules(), severity)
    return json.dumps(schema, indent=2) + "\n"


def page(text: str) -> str:
    """The text of the page, with the list of settings from the schema."""
    rows = "".join(_rows(schemas.of_kind("config")))
    table = f"{_BEGIN}| setting | type | meaning |\n|---|---|---|\n{rows}{_END}"
    return re.sub(f"{_BEGIN}.*{_END}", lambda _: table, text, flags=re.DOTALL)


def _type(value: str | list[str]) -> str:
    return value if isinstance(value, str) else " or ".join(value)


def _rows(schema: schemas.Schema, prefix: str = "") -> Iterator[str]:
    for name, part in schemas.fields(schema).items():
        field: dict[str, Any] = schemas.target(schemas.Schema(schema.file, part)).value
        default = f" Default: `{field['default']}`." if "default" in field else ""
        most = f" Maximum: `{field['maximum']}`." if "maximum" in field else ""
        kinds = _type(field["type"])
        yield f"| `{prefix}{name}` | {kinds} | {field['description']}{default}{most} |\n"
        if name == "limits":
            yield from _rows(schemas.Schema(schema.file, part), f"{prefix}{name}.")
        if name == "rules":
            yield from _rows(schemas.Schema(schema.file, part["items"]), "rules[].")
        if name == "per-path":
            yield from _rows(
                schemas.Schema(schema.file, part["additionalProperties"]), "per-path.PATTERN."
            )
