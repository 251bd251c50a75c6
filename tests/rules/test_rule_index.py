"""The index of the rules agrees with their declarations."""

from pathlib import Path

import pytest

from scripts.rule_index import declarations
from tests.checkout import ROOT
from tests.corpus import FOLDER, verdicts
from validator.contract.conformance import check
from validator.finding import Severity
from validator.model import automations
from validator.parsing.limits import Limits
from validator.parsing.reader import read
from validator.parsing.text import decode
from validator.rule import Entry
from validator.rules import INDEX, declared


def test_the_index_is_what_the_declarations_make() -> None:
    assert {
        rule.name: Entry(
            module,
            rule.severity,
            rule.group,
            rule.check is not None,
            rule.needs,
            rule.blocking,
            rule.optional,
            rule.merge is not None,
            rule.words,
            rule.ignored_by,
            rule.secret,
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
def test_a_rule_finds_nothing_where_what_it_needs_is_missing(path: Path) -> None:
    text, _ = decode(path.read_bytes())
    root = read(text, Limits()).root
    if root is None:
        return
    document = automations.build(text, root, check(text, root, "automations-file").refused)
    for name in INDEX:
        rule = declared(name)
        if rule.check is None:
            continue
        lacks_words = bool(rule.words) and not any(word in text for word in rule.words)
        if lacks_words or not document.names.issuperset(rule.needs):
            assert list(rule.check(document)) == [], name
