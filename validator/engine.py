"""Checks of texts and of Python objects: problems become findings, in a report."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from itertools import chain

from validator import arguments
from validator.configuration.config import Config, config_or_default
from validator.finding import Finding, Problem, Related, Span
from validator.kinds import DEFAULT_KIND, UNKNOWN, check_kind
from validator.parsing import reader
from validator.parsing.limits import Limits, too_large
from validator.parsing.nodes import Node
from validator.parsing.text import MARKER, Text, decode, encoding_of
from validator.pipeline import (
    Checked,
    Reads,
    check_nodes,
    has_run,
    hidden_errors,
    own_problems,
    read_and_check,
    script_problems,
)
from validator.report import Report
from validator.rules import MERGED, Rule, declared

TYPE_CHECKING = False

if TYPE_CHECKING:
    from typing import Any

    from validator.script_check import ScriptChecker


def check_text(
    text: str | bytes,
    *,
    path: str | os.PathLike[str] | None = None,
    kind: str | None = None,
    config: Config | None = None,
    others: tuple[Problem, ...] = (),
    scripts: ScriptChecker | None = None,
    reads: Reads | None = None,
) -> Report:
    """Check a document, given as a string or as the bytes of its file.

    `path` names the document in the report and is not read; a path ending in `.json` makes the text
    JSON, `.yaml` or `.yml` YAML; any other text is JSON if it is valid JSON, otherwise YAML. `kind`
    is the document kind; by default it is configured or inferred from the content, and
    `automations-file` at the known paths. `config` is by default the default configuration, not a
    file's. `others` are problems found elsewhere than in the text, such as those of the file's
    location. `scripts` checks the scripts in place of a process of shellcheck, if the configuration
    wants them checked. `reads` reads the text in place of `parsing.reader.read`, with the same
    result. Any text gives a report. Raises ValueError if `kind` is unknown, and TypeError for an
    argument of another type, such as None.
    """
    arguments.text(text)
    path = arguments.path(path)
    config = config_or_default(config).of_kind(kind).for_path(path)
    characters, problem = _decoded(text, config.limits)
    if problem is None:
        checked = read_and_check(
            characters.value, path, config.kind, config.uses, config.limits, reads
        )
        kind, root, problems = checked.kind, checked.root, list(checked.problems)
        if reader.is_json(path) and _has_mark(text):
            from validator.parsing.json_mistakes import byte_order_mark

            problems.append(byte_order_mark(characters.value))
        problems += hidden_errors(characters.value, root, problems, path, kind, config)
    else:
        kind, root, problems = config.kind or DEFAULT_KIND, None, [problem]
        checked = Checked(kind, root, problems)
    in_scripts, has_checked = script_problems(characters.value, root, kind, config, scripts)
    own = own_problems(characters.value, checked, config)
    problems = list(_once(chain(others, problems, in_scripts, own)))
    if any(each.secret for each in problems):
        # Few documents have secrets. A comment that suppresses the finding does not show them.
        from validator.secrets import without_secrets

        problems = without_secrets(problems, characters)
    suppressed = 0
    if MARKER in characters.value and not reader.is_json(path):
        # Most documents have no such comment, and JSON has no comments at all.
        from validator import suppression

        # A time limit, for example, can keep shellcheck from checking a script.
        all_scripts = bool(has_checked) and all(p.rule != "unchecked-script" for p in in_scripts)

        def is_used(name: str) -> bool:
            return has_run(name, checked, config, scripts=all_scripts)

        names = config.own_names
        problems, suppressed = suppression.apply(problems, characters, root, is_used, names.has)
    # There can be half a million problems, so the complete list is not kept.
    problems = _merged([each for each in problems if config.wants(each)])
    findings = tuple(as_findings(problems, characters, config))
    unchecked = has_checked is False
    return Report(
        path,
        kind,
        characters,
        findings,
        suppressed,
        unchecked_scripts=unchecked,
        own_rules=_own_rules(findings, config),
    )


def _has_mark(text: str | bytes) -> bool:
    """Whether a string, or the bytes of one, begins with a byte order mark."""
    return bool(encoding_of(text)[0]) if isinstance(text, bytes) else text.startswith("\ufeff")


def check_object(obj: Any, kind: str | None = None, *, config: Config | None = None) -> Report:
    """Check a document given as a Python object.

    `obj` is a mapping as returned by the SDK's `to_dict()` or a JSON parser, an object with
    `model_dump` (as in pydantic), or a protobuf message. `kind` is the document kind; by default it
    is inferred from the content. Findings have JSON pointers, but no places and no fixes. Raises
    TypeError for values that a document can't contain, such as bytes, for a protobuf message
    without a JSON form, and, without `kind`, for a message of the platform that is no document;
    ValueError if `kind` is unknown.
    """
    from validator.parsing import objects

    config = config_or_default(config)
    if kind is not None:
        check_kind(kind)
    root: Node | None = None
    try:
        root, problems = objects.read(obj, config.limits)
    except objects.Unreadable as error:
        problems = [error.problem]
    if root is not None:
        checked = check_nodes("", root, None, kind or objects.kind_of(obj), config.uses)
        kind = checked.kind
        problems += checked.problems + own_problems("", checked, config)
    problems = _merged([each for each in _once(problems) if config.uses(each.rule)])
    starts = {note.span.start for problem in problems for note in problem.notes}
    pointers = {} if root is None else objects.pointers(root, starts)
    findings = tuple(
        Finding(
            problem.rule,
            config.severity_of(problem.rule, problem.severity),
            problem.message,
            None,
            problem.pointer,
            tuple(Related(None, note.message, pointers[note.span.start]) for note in problem.notes),
            subject=problem.subject,
            own=problem.own,
        )
        for problem in sorted(problems, key=_place)
    )
    own = _own_rules(findings, config)
    return Report(None, kind or UNKNOWN, Text(""), findings, own_rules=own)


def _own_rules(findings: Iterable[Finding], config: Config) -> dict[str, Rule]:
    """The rules of one's own that have findings, by name."""
    names = {finding.rule for finding in findings if finding.own}
    if not names:
        return {}
    return {name: rule for name, rule in config.own_rules().items() if name in names}


def check_status_history(statuses: Iterable[Any], *, config: Config | None = None) -> Report:
    """Check the statuses of one task execution, oldest first.

    Each status is an object accepted by `check_object`, which also lists the exceptions; the JSON
    pointers of findings begin with `/statuses`.
    """
    return check_object({"statuses": list(statuses)}, "status-history", config=config)


def unreadable(path: str, message: str, config: Config) -> Report:
    """The report of a file that can't be read."""
    return not_checked(path, (Problem("unreadable-file", message, Span(0, 0)),), config)


def not_checked(path: str, problems: tuple[Problem, ...], config: Config) -> Report:
    """The report of a file or folder that was not checked, with its problems."""
    config = config.for_path(path)
    findings = (
        Finding(each.rule, config.severity_of(each.rule), each.message, None) for each in problems
    )
    return Report(path, config.kind or DEFAULT_KIND, Text(""), tuple(findings))


def _decoded(text: str | bytes, limits: Limits) -> tuple[Text, Problem | None]:
    """The text of a document, and the problem if it can't be decoded."""
    if isinstance(text, str):
        return Text(text), None
    if len(text) > limits.max_bytes:
        return Text(""), too_large(limits)
    characters, problem = decode(text)
    return Text(characters), problem


def _once(problems: Iterable[Problem]) -> Iterator[Problem]:
    """Problems without duplicates.

    A problem at an anchor is found again through each alias, with the same rule and place and
    another pointer.
    """
    pointers: dict[tuple[str, Span], str] = {}
    seen: set[tuple[str, Span, str]] = set()
    for problem in problems:
        place = (problem.rule, problem.span)
        if pointers.setdefault(place, problem.pointer) != problem.pointer:
            continue
        if (*place, problem.message) not in seen:
            seen.add((*place, problem.message))
            yield problem


def _merged(problems: list[Problem]) -> list[Problem]:
    """The problems, with those of a merging rule combined into one."""
    if MERGED.isdisjoint(problem.rule for problem in problems):
        return problems
    found: dict[str, list[Problem]] = {}
    others: list[Problem] = []
    for problem in problems:
        if problem.rule in MERGED:
            found.setdefault(problem.rule, []).append(problem)
        else:
            others.append(problem)
    for name, some in found.items():
        merge = declared(name).merge
        assert merge is not None
        others.append(some[0] if len(some) == 1 else merge(sorted(some, key=_place)))
    return others


def _place(problem: Problem) -> tuple[Span, int, str]:
    return problem.span, problem.hidden, problem.rule


def as_findings(problems: list[Problem], text: Text, config: Config) -> Iterator[Finding]:
    """Convert problems to findings, in the order of their places; consumes the list.

    There can be half a million, so each problem is released once it is converted.
    """
    problems.sort(key=_place)
    problems.reverse()
    while problems:
        problem = problems.pop()
        yield Finding(
            problem.rule,
            config.severity_of(problem.rule, problem.severity),
            problem.message,
            text.place(problem.span),
            problem.pointer,
            tuple(Related(text.place(note.span), note.message) for note in problem.notes),
            problem.fixes,
            problem.subject,
            problem.meant,
            problem.code,
            problem.own,
        )
