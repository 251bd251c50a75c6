"""The schemas are read without the module `json`, and as it does."""

from __future__ import annotations

import json
import os
import sys

import pytest

from validator import schemas
from validator.kinds import KINDS


@pytest.mark.parametrize("file", [f"{kind}.schema.json" for kind in (*KINDS, "common", "config")])
def test_a_schema_is_what_json_reads(file: str) -> None:
    folder = next(each for each in schemas._FOLDERS if os.path.isdir(each))
    with open(os.path.join(folder, file), encoding="utf-8") as stream:
        assert schemas.load(file) == json.load(stream)


def test_all_values_are_read_as_json_does() -> None:
    text = r'{"a": [1, -2.5e3, 1e999, NaN, true, false, null, "\u00e4\n"], "a b": {}, "c": []}'
    assert repr(schemas._parsed(text)) == repr(json.loads(text))


def test_json_reads_them_where_it_has_no_scanner(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "_json", None)
    assert schemas._parsed('{"a": 1}') == {"a": 1}
