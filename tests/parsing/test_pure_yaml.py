"""PyYAML's own parser, which browsers run, gives the same findings as libyaml."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.checkout import ROOT
from tests.hostile.mutation import mutated
from validator import all_rules, check_text, migrate_text
from validator.authoring import fields
from validator.configuration.config import Config
from validator.finding import Finding
from validator.parsing import yaml
from validator.parsing.pure_yaml import PureParser, PureSafeLoader

ALL = Config(severity={name: rule.severity for name, rule in all_rules().items() if rule.optional})
FIXTURES = sorted(
    path
    for path in (ROOT / "fixtures").rglob("*.*")
    if path.suffix in (".yaml", ".yml", ".json") and path.is_file()
)
MUTATIONS = 1_000


def found(data: bytes, path: str | None) -> tuple[Finding, ...]:
    return check_text(data, path=path, config=ALL).findings


def test_fixtures_have_the_same_findings(monkeypatch: pytest.MonkeyPatch) -> None:
    def all_found() -> dict[Path, tuple[Finding, ...]]:
        return {path: found(path.read_bytes(), path.name) for path in FIXTURES}

    expected = all_found()
    monkeypatch.setattr(yaml, "_Parser", PureParser)
    assert all_found() == expected
    assert sum(map(len, expected.values())) > 500


def test_mutated_documents_have_the_same_findings(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = [mutated(number) for number in range(MUTATIONS)]
    expected = [found(text, None) for text in texts]
    monkeypatch.setattr(yaml, "_Parser", PureParser)
    for text, findings in zip(texts, expected, strict=True):
        assert found(text, None) == findings, text


def test_migrations_are_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = [path.read_bytes() for path in sorted((ROOT / "fixtures").rglob("*.gitpod.yml"))]

    def contents() -> list[object]:
        migrations = map(migrate_text, texts)
        return [(each.file, each.devcontainer, each.findings) for each in migrations]

    expected = contents()
    assert expected
    monkeypatch.setattr(yaml, "_Parser", PureParser)
    monkeypatch.setattr(fields, "SafeLoader", PureSafeLoader)
    assert contents() == expected


@pytest.mark.parametrize(
    "text",
    [
        *("a:\tb", "a\t: b", "-\ta", "a:\n\tb", "a:\n  b\n\tc: d", "a: |\t\n  x", "a: |\n\tx"),
        *("a: |\n  x\n\ty", "a: |#\n  x", "a: |0\n  x", "a: >2-\n   x", "a: |-3\n    x"),
        *("{a?b: c}", "[a?, b]", "[?a]", "{a:, b: c}", "[a:[b]]", "[a:?b]", "[a\n\tb]", "{: c}"),
        *('"\\ud800"', '"\\U00110000"', '"\\q \\ud800"', '"\\/"', '"\\xzz"', "a: 'x\n---\ny'"),
        *("[!a,b]", "!", "!!", "!a!b c", "!foo%20bar b", "!foo%zz b", "!a%20%z b", "!<x b"),
        *("%YAML 1.2\n---\na", "%YAML 1.10\n---\na", "%YAML a\n---\na", "%FOO\n---\na", "%Y|\n---"),
        *("%TAG ! x\n%TAG ! y\n---\na", "%\n---\na", "%YAML 1.1-\n---\na", "a\n...\nb", "a: b\n[["),
        *("a: b\n\ufeffc: d", "a: b\n \ufeffc: d", "a: \x85b", "a: b\u2028c: d", "x\n  y\n\n  z"),
        *(
            "a: \x01",
            "a: \ud800",
            "a: @b",
            "a: %b",
            "a: &x.y b",
            "a: *x.y",
            "&a &b c",
            "...",
            "- -",
        ),
    ],
)
def test_syntax_that_the_parsers_take_differently(
    text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def problems() -> object:
        return [each._replace(fixes=()) for each in check_text(text, path="a.yaml").findings]

    expected = problems()
    monkeypatch.setattr(yaml, "_Parser", PureParser)
    assert problems() == expected
