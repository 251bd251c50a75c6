"""The one way through: from a text to its findings."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from typing import Any

from validator.configuration.config import Config
from validator.contract import conformance, detection
from validator.finding import Finding, Problem, Related, Severity, Span
from validator.kinds import DEFAULT_KIND, UNKNOWN
from validator.model import automations
from validator.parsing import reader
from validator.parsing.limits import Limits, too_large
from validator.parsing.nodes import Node, Scalar, dates_as_text
from validator.parsing.text import MARKER, Text, decode, encoding_of
from validator.report import Report
from validator.rules import CHECKS, INDEX, MERGED, WORDS, crash, declared, found_by
from validator.schemas import check_kind

_DEFAULT = Config()


def check_text(
    text: str | bytes,
    *,
    path: str | None = None,
    kind: str | None = None,
    config: Config | None = None,
    others: tuple[Problem, ...] = (),
) -> Report:
    """Check a document's text, or the bytes of its file.

    `path` names the document in the report and is not read; `.json` at its end makes the text
    JSON, `.yaml` or `.yml` YAML. `kind` is a document kind; without
    it the configuration or the document's shape tells, and at the known paths it is
    `automations-file`. `others` are problems that were not found in the text, such as those of its
    place. Whatever the text holds, the answer is a report. Raises ValueError if `kind` is unknown.
    """
    config = (config or _DEFAULT).for_path(path)
    kind = kind or config.kind
    if kind is not None:
        check_kind(kind)
    marked = _has_mark(text)
    characters, problem = _decoded(text, config.limits)
    if problem is None:
        kind, root, problems = _read_and_checked(characters.value, path, kind, config)
    else:
        kind, root, problems = kind or DEFAULT_KIND, None, [problem]
    if problem is None and marked and reader.is_json(path):
        from validator.parsing.json_mistakes import byte_order_mark

        problems.append(byte_order_mark(characters.value))
    if kind == DEFAULT_KIND and root is not None and _may_hide_errors(problems):
        # Few documents have errors at all. Those of the API are written by programs.
        from validator.hidden_errors import behind

        def again(text: str) -> list[Problem]:
            return _read_and_checked(text, path, kind, config)[2]

        problems += behind(characters.value, root, problems, again)
    problems = list(_once(chain(others, problems)))
    suppressed = 0
    if MARKER in characters.value and not reader.is_json(path):
        # Most documents have no such comment, and JSON has none at all.
        from validator import suppression

        names = set(INDEX)
        used = set(filter(config.uses, names))
        problems, suppressed = suppression.apply(problems, characters, root, names, used)
    # There can be half a million of them, so no list of all is kept.
    problems = _merged([each for each in problems if config.uses(each.rule)])
    findings = tuple(_findings(problems, characters, config))
    return Report(path, kind, characters, findings, suppressed)


def _ambiguous(
    text: str, root: Node, kind: str, doubtful: tuple[Scalar, ...], found: list[Problem]
) -> list[Problem]:
    """The problems of values about whose type YAML readers disagree."""
    # Few documents have such values.
    from validator.rules.ambiguous_value import problems

    places = {problem.span for problem in found}
    return list(problems(text, root, kind, doubtful, places))


def _may_hide_errors(problems: list[Problem]) -> bool:
    """Whether there are errors whose fixes may bring others to light."""
    return any(each.fixes and INDEX[each.rule].severity is Severity.ERROR for each in problems)


def _has_mark(text: str | bytes) -> bool:
    """Whether a text, or its bytes, begin with a byte order mark."""
    return bool(encoding_of(text)[0]) if isinstance(text, bytes) else text.startswith("\ufeff")


def check_object(obj: Any, kind: str | None = None, *, config: Config | None = None) -> Report:
    """Check a document that is a Python object.

    It is a mapping as the SDK's `to_dict()` or a JSON reader returns it, an object with
    `model_dump` (as of pydantic), or a protobuf message. `kind` is a document kind; without it
    the object's shape tells. Findings have JSON pointers, and neither places nor fixes. What a
    document can't hold, such as bytes, raises TypeError, and so does a protobuf message that has
    no JSON form or, where no kind is named, one of the platform's that is no document; a kind
    that there is not raises ValueError.
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
    """Check statuses of one task execution, the oldest first.

    Each is an object as `check_object` takes it; the pointers of findings begin with `/statuses`.
    """
    return check_object({"statuses": list(statuses)}, "status-history", config=config)


def unreadable(path: str, message: str, *, kind: str | None = None) -> Report:
    """The report of a file that can't be read."""
    problem = Problem("unreadable-file", message, Span(0, 0))
    return not_checked(path, (problem,), kind=kind, config=_DEFAULT)


def not_checked(
    path: str, problems: tuple[Problem, ...], *, kind: str | None, config: Config
) -> Report:
    """The report of a file or folder that was not checked, with the problems it has."""
    config = config.for_path(path)
    findings = (
        Finding(each.rule, config.severity_of(each.rule), each.message, None) for each in problems
    )
    return Report(path, kind or DEFAULT_KIND, Text(""), tuple(findings))


def _decoded(text: str | bytes, limits: Limits) -> tuple[Text, Problem | None]:
    """The characters of a document, and why it can't be read, if that is so."""
    if isinstance(text, str):
        return Text(text), None
    if len(text) > limits.max_bytes:
        return Text(""), too_large(limits)
    characters, problem = decode(text)
    return Text(characters), problem


def _read_and_checked(
    text: str, path: str | None, kind: str | None, config: Config
) -> tuple[str, Node | None, list[Problem]]:
    """The kind of a document, its node tree where it can be read, and its problems."""
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
            # Whether such a value is reported depends on what else is found there. So that it does
            # not depend on what is selected too, all rules are run then.
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
        # One mistake, one finding: the syntax has to be fixed first.
        problems += [each for each in found if each.span not in read.guessed]
    return kind or DEFAULT_KIND, root, problems


def _check(
    text: str, root: Node, path: str | None, kind: str | None, uses: Callable[[str], bool]
) -> tuple[str, list[Problem]]:
    """The kind and the problems of a document that could be read. `uses`: which rules to run."""
    if kind is None:
        found = detection.candidates(root, path)
        if len(found) != 1:
            from validator.contract import shapes

            return UNKNOWN, [shapes.unclear(root, found)]
        (kind,) = found
    if kind == DEFAULT_KIND:
        return kind, _check_automations(text, root, uses)
    # An automations file is checked without what only API documents need.
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
    """Problems without repetitions.

    What is wrong at an anchor is found again through each of its aliases: by the same rule, at
    the same place, with another pointer.
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
    """The problems, those of a rule that merges its own as one."""
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
    """The findings of problems, in the order of their places; the list is used up.

    There can be half a million, so a problem is let go once its finding is there.
    """
    problems.sort(key=_place)
    problems.reverse()
    while problems:
        problem = problems.pop()
        yield Finding(
            problem.rule,
            config.severity_of(problem.rule),
            problem.message,
            text.place(problem.span),
            problem.pointer,
            tuple(Related(text.place(note.span), note.message) for note in problem.notes),
            problem.fixes,
            problem.subject,
            problem.meant,
        )
