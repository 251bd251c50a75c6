"""The stages of a check: from a text or its nodes to problems."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from validator.configuration.config import Config
from validator.contract import conformance, detection
from validator.finding import Problem, Severity
from validator.kinds import DEFAULT_KIND, UNKNOWN, is_written, kind_at
from validator.model import automations
from validator.parsing import reader
from validator.parsing.builder import Source
from validator.parsing.limits import Limits
from validator.parsing.nodes import Mapping, Node, Scalar, dates_as_text
from validator.rules import (
    CHECKS,
    INDEX,
    SECRET,
    WORDS,
    Rule,
    crash,
    declared,
    found_by,
    is_code,
    may_find,
)
from validator.tuples import NamedTuple

TYPE_CHECKING = False

if TYPE_CHECKING:
    from validator.script_check import ScriptChecker


Reads = Callable[[str, Limits, str | None], Source]
"""Reads a text within limits, as the format of a file with a name: `parsing.reader.read`."""

_LONG = 20_000

_BY_SHELLCHECK = ("script-syntax", "shellcheck", "unchecked-script")


class Checked(NamedTuple):
    """A document that was checked: its kind, its node tree, its problems, and its model.

    The tree is None if the text can't be read; only an automations file has a model.
    """

    kind: str
    root: Node | None
    problems: list[Problem]
    model: automations.Document | None = None


def read_and_check(
    text: str,
    path: str | None,
    kind: str | None,
    uses: Callable[[str], bool],
    limits: Limits,
    reads: Reads | None = None,
) -> Checked:
    """Read a text, and check it by the schema and those of the program's own rules that it uses."""
    try:
        read = (reads or reader.read)(text, limits, path)
    except Exception as error:
        return Checked(kind or DEFAULT_KIND, None, [crash("the reader of the text", error)])
    root, problems, model = read.root, list(read.problems), None
    meant = kind_at(path) if kind is None and path is not None else kind
    if meant not in (None, DEFAULT_KIND) and [p.rule for p in problems] == ["empty-document"]:
        # Only an automations file may be empty.
        root, problems = root or Scalar("null", 0, 0, "", plain=True), []
    if root is None:
        problems += _secrets(text)
    else:
        try:
            # Whether such a value is reported depends on other findings there. Run all rules, so
            # that it does not depend on the selected ones.
            needed = (lambda _: True) if read.doubtful else uses
            kind, _, found, model = check_nodes(text, root, path, kind, needed)
            if read.doubtful and kind != UNKNOWN:
                found += _ambiguous(text, root, kind, read.doubtful, found)
        except Exception as error:
            found = [crash("the check by the schema", error)]
        if read.anchors and any(each.fixes for each in found):
            # Few documents have anchors.
            from validator.editing.sharing import right_for_all

            found = right_for_all(found, root, text)
        # One finding per mistake: the syntax has to be fixed first.
        problems += [each for each in found if each.span not in read.guessed]
    return Checked(kind or DEFAULT_KIND, root, problems, model)


def _secrets(text: str) -> list[Problem]:
    """The secrets in a text that can't be read; the lines with its errors may contain them."""
    if not any(may_find(WORDS.get(name), text) for name in SECRET):
        return []
    document = automations.build(text, Mapping(0, flow=False))
    checks = {name: declared(name).check for name in SECRET}
    return [
        problem
        for name, check in checks.items()
        if check is not None
        for problem in found_by(name, check, document)
    ]


def check_nodes(
    text: str, root: Node, path: str | None, kind: str | None, uses: Callable[[str], bool]
) -> Checked:
    """Check a parsed document. `uses` says which rules to run, besides those that find secrets."""

    def runs(name: str) -> bool:
        return name in SECRET or uses(name)

    if kind is None:
        found = detection.candidates(root, path)
        if len(found) != 1:
            from validator.contract import shapes

            return Checked(UNKNOWN, root, [shapes.unclear(root, found)])
        (kind,) = found
    if kind == DEFAULT_KIND:
        return _check_automations(text, root, runs)
    # Checking an automations file does not import what only other documents need.
    from validator.api import checks, mixed_spelling

    if not is_written(kind):
        dates_as_text(root)
    verdict = conformance.check(text, root, kind)
    problems = list(verdict.problems)
    if not is_written(kind):
        problems += mixed_spelling.problems(text, root, kind)
    problems += checks.problems(root, kind, verdict.refused, runs, text)
    return Checked(kind, root, problems)


def _check_automations(text: str, root: Node, uses: Callable[[str], bool]) -> Checked:
    """Check an automations file: by its schema, then by the rules."""
    verdict = conformance.check(text, root, DEFAULT_KIND)
    problems = list(verdict.problems)
    document = automations.build(text, root, verdict.refused)
    names, may_find_in = document.names, _by_words(document)
    for name, needs in CHECKS.items():
        if names >= needs and uses(name) and may_find_in(name):
            check = declared(name).check
            assert check is not None
            problems += found_by(name, check, document)
    return Checked(DEFAULT_KIND, root, problems, document)


def _by_words(document: automations.Document) -> Callable[[str], bool]:
    """A function that says whether a rule can find something in a document, by its words."""
    if len(document.text) < _LONG:
        return lambda rule: may_find(WORDS.get(rule), document.text)
    # Few files are that long, and shorter ones are searched faster than they are divided.
    from validator.rules.words import words_in

    found = words_in(document)
    return lambda rule: rule not in WORDS or not found.isdisjoint(WORDS[rule])


def _ambiguous(
    text: str, root: Node, kind: str, doubtful: tuple[Scalar, ...], found: list[Problem]
) -> list[Problem]:
    """Problems of values that YAML readers give different types."""
    # Few documents have such values.
    from validator.rules.ambiguous_value import problems

    places = {problem.span for problem in found}
    return list(problems(text, root, kind, doubtful, places))


def hidden_errors(
    text: str,
    root: Node | None,
    problems: list[Problem],
    path: str | None,
    kind: str,
    config: Config,
) -> list[Problem]:
    """The errors that show only after others are fixed."""
    # Few documents have errors at all. Those of the API are written by programs.
    if not is_written(kind) or root is None or not _may_hide_errors(problems):
        return []
    from validator.hidden_errors import behind

    def again(text: str) -> list[Problem]:
        return read_and_check(text, path, kind, uses, config.limits).problems

    def uses(rule: str) -> bool:
        # The other rules, most of which read scripts, take half of the time of a check.
        return INDEX[rule].severity is Severity.ERROR and config.uses(rule)

    return behind(text, root, problems, again)


def _may_hide_errors(problems: list[Problem]) -> bool:
    """Whether there are errors whose fixes may reveal others."""
    return any(each.fixes and INDEX[each.rule].severity is Severity.ERROR for each in problems)


def script_problems(
    text: str, root: Node | None, kind: str, config: Config, checker: ScriptChecker | None
) -> tuple[list[Problem], bool | None]:
    """What shellcheck finds in the scripts of a document, and whether they were checked.

    None if they were not to be checked.
    """
    if config.shellcheck in (None, "off") or root is None or kind == UNKNOWN:
        return [], None
    if not any(map(config.uses, _BY_SHELLCHECK)):
        return [], None
    # Not needed in the library, unless it is asked for.
    from validator.contract.scripts import scripts
    from validator.shell.program import program

    try:
        if next(scripts(root, kind), None) is None:
            return [], True
        if config.shellcheck == "auto" and checker is None and program() is None:
            return [], False
        from validator import script_check

        required = config.shellcheck == "on"
        checker = checker or script_check.shared_checker()
        found = script_check.shell_scripts(root, kind, config.shell)
        return list(script_check.problems(text, found, checker, required=required)), True
    except Exception as error:
        return [crash("the check of scripts", error)], True


def own_problems(text: str, checked: Checked, config: Config) -> list[Problem]:
    """What rules of one's own find in a document that the program's have checked."""
    kind, root, _, model = checked
    if root is None or kind == UNKNOWN or not (config.rules or config.plugins):
        return []
    # Most configurations have no such rules.
    from validator.own_rules import declared as by_declaration

    problems = list(
        by_declaration.problems(
            root, kind, [rule for rule in config.rules if config.uses(rule.name)]
        )
    )
    if _runs_plugins(checked, config):
        from validator.own_rules import plugins

        assert model is not None
        problems += plugins.problems(model, text, config.plugins, partial(_uses_added, config))
    return problems


def has_run(name: str, checked: Checked, config: Config, *, scripts: bool) -> bool:
    """Whether a rule, or a code of shellcheck, could have findings in a document.

    `scripts` says whether shellcheck has checked all scripts.
    """
    if not config.uses(name) or (needs_shellcheck(name) and not scripts):
        return False
    if not config.own_names.of_plugin(name):
        return True
    if not _runs_plugins(checked, config):
        return False
    from validator.own_rules import plugins

    rule = plugins.rule_named(name, config.plugins)
    return rule is None or _uses_added(config, rule)


def _runs_plugins(checked: Checked, config: Config) -> bool:
    return bool(config.plugins) and config.run_plugins and checked.model is not None


def _uses_added(config: Config, rule: Rule) -> bool:
    """Whether a rule of a plug-in is enabled."""
    return config.requests(rule.name) if rule.optional else config.uses(rule.name)


def needs_shellcheck(name: str) -> bool:
    """Whether a rule, or a code, is only found by shellcheck."""
    return is_code(name) or name in _BY_SHELLCHECK
