"""The pipeline: from text to findings."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from typing import TYPE_CHECKING, Any

from validator.configuration.config import Config
from validator.contract import conformance, detection
from validator.finding import Finding, Problem, Related, Severity, Span
from validator.kinds import DEFAULT_KIND, UNKNOWN, check_kind
from validator.model import automations
from validator.parsing import reader
from validator.parsing.limits import Limits, too_large
from validator.parsing.nodes import Node, Scalar, dates_as_text
from validator.parsing.text import MARKER, Text, decode, encoding_of
from validator.report import Report
from validator.rules import CHECKS, INDEX, MERGED, WORDS, crash, declared, found_by, is_code

if TYPE_CHECKING:
    from validator.script_check import ScriptChecker

_DEFAULT = Config()


def check_text(
    text: str | bytes,
    *,
    path: str | None = None,
    kind: str | None = None,
    config: Config | None = None,
    others: tuple[Problem, ...] = (),
    scripts: ScriptChecker | None = None,
) -> Report:
    """Check a document, given as a string or as the bytes of its file.

    `path` names the document in the report and is not read; a path ending in `.json` makes the text
    JSON, `.yaml` or `.yml` YAML; any other text is JSON if it is valid JSON, otherwise YAML. `kind`
    is the document kind; by default it is configured or inferred from the content, and
    `automations-file` at the known paths. `config` is by default the default configuration, not a
    file's. `others` are problems found elsewhere than in the text, such as those of the file's
    location. `scripts` checks the scripts in place of a process of shellcheck, if the configuration
    wants them checked. Any text gives a report. Raises ValueError if
    `kind` is unknown.
    """
    config = (config or _DEFAULT).of_kind(kind).for_path(path)
    characters, problem = _decoded(text, config.limits)
    if problem is None:
        kind, root, problems = _read_and_checked(characters.value, path, config.kind, config)
        if reader.is_json(path) and _has_mark(text):
            from validator.parsing.json_mistakes import byte_order_mark

            problems.append(byte_order_mark(characters.value))
        problems += _hidden(characters.value, root, problems, path, kind, config)
    else:
        kind, root, problems = config.kind or DEFAULT_KIND, None, [problem]
    in_scripts, checked = _of_scripts(characters.value, root, kind, config, scripts)
    problems = list(_once(chain(others, problems, in_scripts)))
    suppressed = 0
    if MARKER in characters.value and not reader.is_json(path):
        # Most documents have no such comment, and JSON has no comments at all.
        from validator import suppression

        def is_used(name: str) -> bool:
            return config.uses(name) and (bool(checked) or not _needs_shellcheck(name))

        problems, suppressed = suppression.apply(problems, characters, root, is_used)
    # There can be half a million problems, so the complete list is not kept.
    problems = _merged([each for each in problems if config.wants(each)])
    findings = tuple(_findings(problems, characters, config))
    unchecked = checked is False
    return Report(path, kind, characters, findings, suppressed, unchecked_scripts=unchecked)


def _hidden(
    text: str,
    root: Node | None,
    problems: list[Problem],
    path: str | None,
    kind: str,
    config: Config,
) -> list[Problem]:
    """The errors that show only after others are fixed."""
    # Few documents have errors at all. Those of the API are written by programs.
    if kind != DEFAULT_KIND or root is None or not _may_hide_errors(problems):
        return []
    from validator.hidden_errors import behind

    def again(text: str) -> list[Problem]:
        return _read_and_checked(text, path, kind, config)[2]

    return behind(text, root, problems, again)


def _ambiguous(
    text: str, root: Node, kind: str, doubtful: tuple[Scalar, ...], found: list[Problem]
) -> list[Problem]:
    """Problems of values that YAML readers give different types."""
    # Few documents have such values.
    from validator.rules.ambiguous_value import problems

    places = {problem.span for problem in found}
    return list(problems(text, root, kind, doubtful, places))


def _of_scripts(
    text: str, root: Node | None, kind: str, config: Config, checker: ScriptChecker | None
) -> tuple[list[Problem], bool | None]:
    """What shellcheck finds in the scripts of a document, and whether they were checked.

    None if they were not to be checked.
    """
    if config.shellcheck in (None, "off") or root is None or kind == UNKNOWN:
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


def _needs_shellcheck(name: str) -> bool:
    """Whether a rule, or a code, is only found by shellcheck."""
    return is_code(name) or name in ("script-syntax", "shellcheck", "unchecked-script")


def _may_hide_errors(problems: list[Problem]) -> bool:
    """Whether there are errors whose fixes may reveal others."""
    return any(each.fixes and INDEX[each.rule].severity is Severity.ERROR for each in problems)


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

    config = config or _DEFAULT
    if kind is not None:
        check_kind(kind)
    root: Node | None = None
    try:
        root, problems = objects.read(obj, config.limits)
    except objects.Unreadable as error:
        problems = [error.problem]
    if root is not None:
        kind, found = _check("", root, None, kind or objects.kind_of(obj), config.uses)
        problems += found
    problems = _merged([each for each in _once(problems) if config.uses(each.rule)])
    starts = {note.span.start for problem in problems for note in problem.notes}
    pointers = {} if root is None else objects.pointers(root, starts)
    findings = tuple(
        Finding(
            problem.rule,
            config.severity_of(problem.rule),
            problem.message,
            None,
            problem.pointer,
            tuple(Related(None, note.message, pointers[note.span.start]) for note in problem.notes),
            subject=problem.subject,
        )
        for problem in sorted(problems, key=_place)
    )
    return Report(None, kind or UNKNOWN, Text(""), findings)


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


def _read_and_checked(
    text: str, path: str | None, kind: str | None, config: Config
) -> tuple[str, Node | None, list[Problem]]:
    """The kind of a document, its node tree (None if unreadable), and its problems."""
    try:
        read = reader.read(text, config.limits, path)
    except Exception as error:
        return kind or DEFAULT_KIND, None, [crash("the reader of the text", error)]
    root, problems = read.root, list(read.problems)
    if kind not in (None, DEFAULT_KIND) and [p.rule for p in problems] == ["empty-document"]:
        # Only an automations file may be empty.
        root, problems = root or Scalar("null", 0, 0, "", plain=True), []
    if root is not None:
        try:
            # Whether such a value is reported depends on other findings there. Run all rules, so
            # that it does not depend on the selected ones.
            uses = (lambda _: True) if read.doubtful else config.uses
            kind, found = _check(text, root, path, kind, uses)
            if read.doubtful and kind != UNKNOWN:
                found += _ambiguous(text, root, kind, read.doubtful, found)
        except Exception as error:
            found = [crash("the check by the schema", error)]
        if "&" in text and any(each.fixes for each in found):
            # Few documents have anchors.
            from validator.editing.sharing import right_for_all

            found = right_for_all(found, root, text)
        # One finding per mistake: the syntax has to be fixed first.
        problems += [each for each in found if each.span not in read.guessed]
    return kind or DEFAULT_KIND, root, problems


def _check(
    text: str, root: Node, path: str | None, kind: str | None, uses: Callable[[str], bool]
) -> tuple[str, list[Problem]]:
    """The kind and the problems of a parsed document. `uses` says which rules to run."""
    if kind is None:
        found = detection.candidates(root, path)
        if len(found) != 1:
            from validator.contract import shapes

            return UNKNOWN, [shapes.unclear(root, found)]
        (kind,) = found
    if kind == DEFAULT_KIND:
        return kind, _check_automations(text, root, uses)
    # Checking an automations file does not import what only API documents need.
    from validator.api import checks, mixed_spelling

    dates_as_text(root)
    verdict = conformance.check(text, root, kind)
    return kind, [
        *verdict.problems,
        *mixed_spelling.problems(text, root, kind),
        *checks.problems(root, kind, verdict.refused, uses, text),
    ]


def _check_automations(text: str, root: Node, uses: Callable[[str], bool]) -> list[Problem]:
    """The problems of an automations file: by its schema, then by the rules."""
    verdict = conformance.check(text, root, DEFAULT_KIND)
    problems = list(verdict.problems)
    document = automations.build(text, root, verdict.refused)
    names = document.names
    for name, needs in CHECKS.items():
        if names >= needs and uses(name) and _may_find(name, text):
            check = declared(name).check
            assert check is not None
            problems += found_by(name, check, document)
    return problems


def _may_find(rule: str, text: str) -> bool:
    """Whether a text has one of the words that a rule looks for; a Python object has no text."""
    words = WORDS.get(rule)
    return not words or not text or any(word in text for word in words)


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


def _findings(problems: list[Problem], text: Text, config: Config) -> Iterator[Finding]:
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
        )
