"""What a rule is: its description and its check."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from validator.finding import Problem, Severity
from validator.tuples import NamedTuple

TYPE_CHECKING = False

if TYPE_CHECKING:
    from typing import Any, Literal

    Group = Literal[
        "syntax",
        "structure",
        "references",
        "triggers",
        "services",
        "scripts",
        "security",
        "workflows",
        "executions",
        "files",
        "migration",
        "checking",
        "own",
    ]
    """What rules are about; no rule has the name of a group. `own` is for rules of one's own."""
else:
    Group = str

GROUPS: dict[Group, str] = {
    "syntax": "Whether a file can be read as YAML or JSON, and is read the same everywhere",
    "structure": "The fields of a document, their types and values",
    "references": "The names of tasks and services, and the dependencies between them",
    "triggers": "When tasks and services start",
    "services": "How services start, become ready and keep running, and how others wait for them",
    "scripts": "The shell scripts of tasks and services",
    "security": "Secrets, and ports that are open to everyone",
    "workflows": "AI automations, the files in `.ona/automations/`",
    "executions": "The plans, steps and statuses of executions, as the API sends them",
    "files": "The names and places of files",
    "migration": "What `migrate` makes of a `.gitpod.yml`",
    "checking": "The check itself: comments that suppress findings, and what it could not do",
}
"""The groups of the program's rules in the order of lists, each with its subject."""

SDK = "the messages of the Python SDK, `gitpod-sdk`, and their validation rules"
DOCUMENTATION = "the platform's documentation of tasks and services"
PROVIDER = "the checks of the platform's Terraform provider"


class Rule(NamedTuple):
    """The declaration of a rule.

    `name` is in kebab-case and never reused for another rule. `severity` is the default. `group` is
    what the rule is about. `summary` is one sentence without its full stop; `why` says what goes
    wrong and how to fix it; `source` names what the rule follows from, such as a part of the
    platform's contract, "" if there is no single one. `bad` and `good` are complete documents,
    contents of a file named `file`, empty if there is no example.

    `fixable` says whether findings can have fixes, `ignored_by` where they can be ignored: in
    comments and in the configuration, in the configuration only, or nowhere. `settings` are those
    of the configuration that change what this rule finds.

    `check` takes a document and yields its problems; it is None if another stage of the pipeline
    finds them. It runs only on documents that contain all names in `needs`: those of sections with
    members, of fields and of triggers (`Document.names`), and, if it has `words`, only on texts
    that contain one of them.

    A `secret` rule finds characters that must not be shown: it also runs where it is not enabled,
    so that all outputs have `*` in their place.

    A `blocking` rule reports that a document was not completely checked, or not fixed as requested.
    Such a document must not pass: findings of the rule can't be ignored, suppressed, lowered in
    severity or put into a baseline. An `optional` rule runs only if it is requested by name:
    selected or given a severity. `merge` combines the problems of a document, without suppressed
    ones, into one.
    """

    name: str
    severity: Severity
    group: Group
    summary: str
    why: str
    bad: str = ""
    good: str = ""
    fixable: bool = False
    check: Callable[[Any], Iterator[Problem]] | None = None
    needs: tuple[str, ...] = ()
    blocking: bool = False
    file: str = "automations.yaml"
    optional: bool = False
    merge: Callable[[list[Problem]], Problem] | None = None
    words: tuple[str, ...] = ()
    source: str = ""
    ignored_by: Literal["comments", "configuration", "nothing"] = "comments"
    settings: tuple[str, ...] = ()
    secret: bool = False

    @property
    def standing(self) -> str:
        """The severity, and whether the rule is off by default: "hint, off by default"."""
        return f"{self.severity}{', off by default' * self.optional}"


class Entry(NamedTuple):
    """A rule's entry in the index: what has to be known before its module is imported.

    `checks` says whether it has a `check`, `merges` whether it has a `merge`; the other fields are
    those of the rule.
    """

    module: str
    severity: Severity
    group: Group
    checks: bool = False
    needs: tuple[str, ...] = ()
    blocking: bool = False
    optional: bool = False
    merges: bool = False
    words: tuple[str, ...] = ()
    ignored_by: Literal["comments", "configuration", "nothing"] = "comments"
    secret: bool = False


class OwnNames(NamedTuple):
    """The names of rules of one's own: of those that are declared, and the names of plug-ins.

    The names of a plug-in's rules begin with its own; it need not be imported to know them.
    """

    declared: frozenset[str] = frozenset()
    plugins: tuple[str, ...] = ()

    def has(self, name: str) -> bool:
        """Whether a name is that of a rule of one's own, or may be one of a plug-in."""
        return name in self.declared or self.of_plugin(name)

    def of_plugin(self, name: str) -> bool:
        """Whether a name may be that of a rule of a plug-in."""
        return name not in self.declared and any(
            name.startswith(f"{each}-") for each in self.plugins
        )
