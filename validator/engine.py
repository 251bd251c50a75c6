"""The one way through: from a text to its findings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from validator import contract, kinds, model, source
from validator.config import Config
from validator.finding import Finding, Problem, Related, Severity, Span
from validator.kinds import DEFAULT_KIND, UNKNOWN
from validator.nodes import Node, Scalar, dates_as_text
from validator.rules import CHECKS, INDEX, MOST_OF_A_RULE, crash, declared, found_by
from validator.schemas import check_kind
from validator.text import MARKER, Text, decode, encoding_of

MAX_FINDINGS = 1000
"""The number of findings that are reported of one document at most."""

_DEFAULT = Config()


class Report:
    """The findings of one document, in the order of their places.

    `path` is its name as given, None for a text without one; `kind` is the document kind,
    `unknown` where its shape does not tell; `text` is what was checked; `suppressed` is the number
    of findings that comments suppress, `fixed` of those that were mended before, `known` of those
    that are left out because they are in a baseline.
    """

    def __init__(
        self,
        path: str | None,
        kind: str,
        text: Text,
        findings: tuple[Finding, ...],
        suppressed: int = 0,
        fixed: int = 0,
        known: int = 0,
    ) -> None:
        self.path = path
        self.kind = kind
        self.text = text
        self.findings = findings
        self.suppressed = suppressed
        self.fixed = fixed
        self.known = known

    def __repr__(self) -> str:
        # Without the text, which may be long.
        return f"Report(path={self.path!r}, kind={self.kind!r}, findings={self.findings!r})"

    def replace(self, **changes: Any) -> Report:
        """The report with some of its parts changed, named as when it is made."""
        return Report(**{**vars(self), **changes})

    def count(self, severity: Severity) -> int:
        """The number of findings of a severity."""
        return sum(finding.severity == severity for finding in self.findings)

    @property
    def worst(self) -> Severity | None:
        """The greatest severity among the findings, None without any."""
        return max((finding.severity for finding in self.findings), default=None)

    @property
    def ok(self) -> bool:
        """Whether nothing was found at the severity `error`."""
        return self.worst != Severity.ERROR


def check_text(
    text: str | bytes,
    *,
    path: str | None = None,
    kind: str | None = None,
    config: Config | None = None,
    max_findings: int = MAX_FINDINGS,
) -> Report:
    """Check a document's text, or the bytes of its file.

    `path` names the document in the report and is not read; `.json` at its end makes the text
    JSON, `.yaml` or `.yml` YAML. `kind` is a document kind; without
    it the configuration or the document's shape tells, and at the known paths it is
    `automations-file`. Of more than `max_findings` the most severe are reported. Whatever the text
    holds, the answer is a report; ValueError is raised only for a kind that there is not.
    """
    config = (config or _DEFAULT).for_path(path)
    kind = kind or config.kind
    if kind is not None:
        check_kind(kind)
    problem: Problem | None = None
    marked = _has_mark(text)
    if isinstance(text, bytes):
        if len(text) > config.limits.max_bytes:
            text, problem = "", source.too_large(config.limits)
        else:
            text, problem = decode(text)
    characters = Text(text)
    root: Node | None = None
    if problem is None:
        read = source.read(characters.value, config.limits, path)
        root, problems = read.root, list(read.problems)
        if marked and source.is_json(path):
            from validator.json_syntax import byte_order_mark

            problems.append(byte_order_mark(characters.value))
        if kind not in (None, DEFAULT_KIND) and [p.rule for p in problems] == ["empty-document"]:
            # Only an automations file may be empty.
            root, problems = root or Scalar("null", 0, 0, "", plain=True), []
        if root is not None:
            try:
                kind, found = _check(characters.value, root, path, kind, config)
            except Exception as error:
                found = [crash("the check by the schema", error)]
            # One mistake, one finding: the syntax has to be fixed first.
            problems += [each for each in found if each.span not in read.guessed]
    else:
        problems = [problem]
    wanted = [each for each in problems if config.uses(each.rule)]
    if MARKER in characters.value and not source.is_json(path):
        # Most documents have no such comment, and JSON has none at all.
        from validator import suppression

        names = set(INDEX)
        used = set(filter(config.uses, names))
        wanted, suppressed = suppression.apply(problems, characters, root, names, used)
        wanted = [each for each in wanted if config.uses(each.rule)]
    else:
        suppressed = 0
    findings = _findings(_shown(wanted, config, max_findings), characters, config)
    return Report(path, kind or DEFAULT_KIND, characters, findings, suppressed)


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
    from validator import objects

    config = config or _DEFAULT
    if kind is not None:
        check_kind(kind)
    try:
        root = objects.to_nodes(obj, config.limits)
    except objects.Unreadable as error:
        problems, pointers = [error.problem], {}
    else:
        kind, problems = _check("", root, None, kind or objects.kind_of(obj), config)
        starts = {note.span.start for problem in problems for note in problem.notes}
        pointers = objects.pointers(root, starts)
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
        for problem in _shown(
            [each for each in problems if config.uses(each.rule)], config, MAX_FINDINGS
        )
    )
    return Report(None, kind or UNKNOWN, Text(""), findings)


def check_status_history(statuses: Iterable[Any], *, config: Config | None = None) -> Report:
    """Check statuses of one task execution, the oldest first.

    Each is an object as `check_object` takes it; the pointers of findings begin with `/statuses`.
    """
    return check_object({"statuses": list(statuses)}, "status-history", config=config)


def unreadable(path: str, message: str, *, kind: str | None = None) -> Report:
    """The report of a file that can't be read."""
    return not_checked(path, (Problem("unreadable-file", message, Span(0, 0)),), kind=kind)


def not_checked(path: str, problems: tuple[Problem, ...], *, kind: str | None = None) -> Report:
    """The report of a file or folder that was not checked, with the problems it has all the same.

    No configuration can make them less: what was not checked does not pass.
    """
    findings = (
        Finding(each.rule, INDEX[each.rule].severity, each.message, None) for each in problems
    )
    return Report(path, kind or DEFAULT_KIND, Text(""), tuple(findings))


def _check(
    text: str, root: Node, path: str | None, kind: str | None, config: Config
) -> tuple[str, list[Problem]]:
    """The kind and the problems of a document that could be read."""
    if kind is None:
        found = kinds.candidates(root, path)
        if len(found) != 1:
            from validator import shape

            return UNKNOWN, [shape.unclear(root, found)]
        (kind,) = found
    if kind == DEFAULT_KIND:
        return kind, _check_automations(text, root, config)
    # An automations file is checked without what only API documents need.
    from validator import mixed_spelling
    from validator.api import checks

    dates_as_text(root)
    verdict = contract.check(text, root, kind)
    return kind, [
        *verdict.problems,
        *islice(mixed_spelling.problems(text, root, kind), MOST_OF_A_RULE),
        *checks.problems(root, kind, verdict.refused, config.uses, text),
    ]


def _check_automations(text: str, root: Node, config: Config) -> list[Problem]:
    """The problems of an automations file: by its schema, then by the rules."""
    verdict = contract.check(text, root, DEFAULT_KIND)
    problems = list(verdict.problems)
    document = model.build(text, root, verdict.refused)
    names = document.names
    for name, needs in CHECKS.items():
        if names >= needs and config.uses(name):
            check = declared(name).check
            assert check is not None
            problems += found_by(name, check, document)
    return problems


def _once(problems: list[Problem]) -> Iterator[Problem]:
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


def _shown(problems: list[Problem], config: Config, most: int) -> list[Problem]:
    """The problems that are reported: each once, in the order of their places, not too many."""
    ordered = sorted(_once(problems), key=lambda problem: (problem.span, problem.rule))
    return _first(ordered, config, most) if len(ordered) > most else ordered


def _first(ordered: list[Problem], config: Config, most: int) -> list[Problem]:
    """As many problems as are reported: the most severe, of these the first, in their order."""
    left = len(ordered) - most
    kept = sorted(ordered, key=lambda problem: -config.severity_of(problem.rule))[:most]
    kept.sort(key=lambda problem: (problem.span, problem.rule))
    message = f"{left:,} more findings are not shown"
    return [*kept, Problem("too-many-findings", message, kept[-1].span)]


def _findings(shown: list[Problem], text: Text, config: Config) -> tuple[Finding, ...]:
    return tuple(
        Finding(
            problem.rule,
            config.severity_of(problem.rule),
            problem.message,
            text.place(problem.span),
            problem.pointer,
            tuple(Related(text.place(note.span), note.message) for note in problem.notes),
            problem.fixes,
            problem.subject,
        )
        for problem in shown
    )
