"""The index of the rules says what their declarations do."""

import os
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

import pytest

from tests.corpus import FOLDER, verdicts
from validator import model, rules
from validator.api import rules as api_rules
from validator.contract import check
from validator.finding import Severity
from validator.rules import INDEX, Rule, declared
from validator.rules.rule import Entry
from validator.source import Limits, read
from validator.text import decode

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "validator" / "rules" / "index.py"

HEAD = '''\
"""Where each rule is, and what it needs.

Made from the declarations: `UPDATE_FIXTURES=1 pytest tests/test_rule_index.py` writes it anew.
"""

from validator.finding import Severity
from validator.rules.rule import Entry

INDEX = {
'''


def declarations() -> list[tuple[str, Rule]]:
    """Every rule that a module of the package declares, with the module's name."""
    modules = [
        f"{package.__name__}.{each.name}"
        for package in (rules, api_rules)
        for each in iter_modules(package.__path__)
    ]
    found = [
        (name, rule)
        for name in modules
        if name.rpartition(".")[2] not in ("rule", "index")
        for rule in getattr(import_module(name), "RULES", ())
    ]
    return sorted(found, key=lambda each: each[1].name)


def page() -> str:
    return HEAD + "".join(entry(module, rule) for module, rule in declarations()) + "}\n"


def entry(module: str, rule: Rule) -> str:
    parts = [f'"{module}"', f"Severity.{rule.severity.name}"]
    if rule.check is not None:
        parts.append("checks=True")
    if rule.needs:
        parts.append(f"needs={_written(rule.needs)}")
    if rule.blocking:
        parts.append("blocking=True")
    if rule.optional:
        parts.append("optional=True")
    if rule.merge is not None:
        parts.append("merges=True")
    lines = "".join(f"        {part},\n" for part in parts)
    return f'    "{rule.name}": Entry(\n{lines}    ),\n'


def _written(names: tuple[str, ...]) -> str:
    quoted = [f'"{name}"' for name in names]
    return f"({', '.join(quoted)}{',' if len(quoted) == 1 else ''})"


def test_the_index_is_what_the_declarations_make() -> None:
    if os.environ.get("UPDATE_FIXTURES"):
        PAGE.write_text(page(), encoding="utf-8")
    assert PAGE.read_text(encoding="utf-8") == page()
    assert {
        rule.name: Entry(
            module,
            rule.severity,
            rule.check is not None,
            rule.needs,
            rule.blocking,
            rule.optional,
            rule.merge is not None,
        )
        for module, rule in declarations()
    } == INDEX


def test_a_blocking_rule_is_an_error_and_has_no_check_that_can_be_left_out() -> None:
    for _, rule in declarations():
        if rule.blocking:
            assert (rule.severity, rule.check) == (Severity.ERROR, None)


def test_no_two_rules_have_a_name() -> None:
    names = [rule.name for _, rule in declarations()]
    assert len(names) == len(set(names))


def documents() -> list[Path]:
    return [*sorted(ROOT.glob("fixtures/rules/*/*.yaml")), *(FOLDER / name for name in verdicts())]


@pytest.mark.parametrize("path", documents(), ids=lambda path: f"{path.parent.name}/{path.name}")
def test_a_rule_finds_nothing_where_a_name_that_it_needs_is_missing(path: Path) -> None:
    text, _ = decode(path.read_bytes())
    root = read(text, Limits()).root
    if root is None:
        return
    document = model.build(text, root, check(text, root, "automations-file").refused)
    for name in INDEX:
        rule = declared(name)
        if rule.check is not None and not document.names.issuperset(rule.needs):
            assert list(rule.check(document)) == [], name
