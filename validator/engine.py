"""The one way through: from a text to its findings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from validator import contract, model, source
from validator.finding import Finding, Problem, Related, Severity, Span
from validator.rules import Rule, all_rules
from validator.source import Limits
from validator.text import Text, decode

MAX_FINDINGS = 1000
"""The number of findings that are reported of one document at most."""

DEFAULT_KIND = "automations-file"


@dataclass(frozen=True)
class Config:
    """What to check for.

    `select` are the names of the rules to use, None for all; `ignore` are those to leave out.
    `limits` bound the size of what is read.
    Raises ValueError for the name of a rule that there is not.
    """

    select: frozenset[str] | None = None
    ignore: frozenset[str] = frozenset()
    limits: Limits = field(default_factory=Limits)

    def __post_init__(self) -> None:
        unknown = sorted(((self.select or frozenset()) | self.ignore) - all_rules().keys())
        if unknown:
            raise ValueError(f"there is no rule {unknown[0]!r}")

    def uses(self, rule: str) -> bool:
        """Whether findings of a rule are wanted."""
        return rule not in self.ignore and (self.select is None or rule in self.select)


_DEFAULT = Config()


@dataclass(frozen=True)
class Report:
    """The findings of one document, in the order of their places.

    `path` is its name as given, None for a text without one; `kind` is the document kind; `text`
    is what was checked.
    """

    path: str | None
    kind: str
    text: Text
    findings: tuple[Finding, ...]

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
) -> Report:
    """Check a document's text, or the bytes of its file.

    `path` names the document in the report and is not read. `kind` is a document kind, by
    default `automations-file`. Whatever the text holds, the answer is a report; ValueError is
    raised only for a kind that there is not.
    """
    config = config or _DEFAULT
    kind = kind or DEFAULT_KIND
    problems: list[Problem] = []
    problem: Problem | None = None
    if isinstance(text, bytes):
        if len(text) > config.limits.max_bytes:
            text, problem = "", source.too_large(config.limits)
        else:
            text, problem = decode(text)
        if problem is not None:
            problems.append(problem)
    characters = Text(text)
    if not problems:
        problems = _problems(characters.value, kind, config)
    return Report(path, kind, characters, _findings(problems, characters, config))


def unreadable(path: str, message: str, *, kind: str | None = None) -> Report:
    """The report of a file that can't be read."""
    rule = all_rules()["unreadable-file"]
    finding = Finding(rule.name, rule.severity, message, None)
    return Report(path, kind or DEFAULT_KIND, Text(""), (finding,))


def _problems(text: str, kind: str, config: Config) -> list[Problem]:
    read = source.read(text, config.limits)
    problems = list(read.problems)
    if not problems and (read.root is None or read.root.kind == "null"):
        message = "the file is empty and sets up nothing; add `services` or `tasks`, or remove it"
        problems.append(Problem("empty-document", message, Span(0, 0)))
    if read.root is None:
        return problems
    verdict = contract.check(read.root, kind)
    problems += verdict.problems
    document = model.build(text, read.root, verdict.refused)
    for rule in all_rules().values():
        if rule.check is not None and config.uses(rule.name):
            problems += _run(rule, document)
    return problems


def _run(rule: Rule, document: model.Document) -> Iterable[Problem]:
    """The problems that a rule finds; a crash is a problem too, and the other rules go on."""
    assert rule.check is not None
    try:
        return list(rule.check(document))
    except Exception as error:
        message = f"the rule `{rule.name}` failed: {type(error).__name__}: {error}"
        return [Problem("internal-error", message, Span(0, 0))]


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


def _findings(problems: list[Problem], text: Text, config: Config) -> tuple[Finding, ...]:
    """Problems as findings: each once, in the order of their places, bounded in number."""
    rules = all_rules()
    wanted = [problem for problem in problems if config.uses(problem.rule)]
    ordered = sorted(_once(wanted), key=lambda problem: (problem.span, problem.rule))
    if len(ordered) > MAX_FINDINGS:
        last = ordered[MAX_FINDINGS].span
        message = f"{len(ordered) - MAX_FINDINGS:,} more findings are not shown"
        ordered = [*ordered[:MAX_FINDINGS], Problem("too-many-findings", message, last)]
    return tuple(
        Finding(
            problem.rule,
            rules[problem.rule].severity,
            problem.message,
            text.place(problem.span),
            problem.pointer,
            tuple(Related(text.place(note.span), note.message) for note in problem.notes),
            problem.fixes,
        )
        for problem in ordered
    )
