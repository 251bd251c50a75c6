"""Code actions: fixes, all of them at once, comments that suppress a finding, refactorings."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from validator.configuration.config import Config
from validator.contract.other_formats import is_older
from validator.editing.composition import apply
from validator.engine import check_text
from validator.finding import Edit, Finding, Severity, Span
from validator.fixer import fix_text
from validator.language.features.refactorings import refactorings
from validator.parsing import reader
from validator.parsing.nodes import Mapping
from validator.report import Report
from validator.server.capabilities import Client
from validator.server.documents import OpenDocument
from validator.server.handlers.convert import edit, with_new_file
from validator.server.handlers.diagnostics import diagnostic, span_of
from validator.server.jsonrpc import Json, present
from validator.server.kinds import EXTRACT, FIX_ALL, QUICK_FIX, REWRITE
from validator.server.params import find
from validator.server.positions import Range
from validator.server.uris import uri_of
from validator.server.workspace_files import folder_of_scripts
from validator.suppression import OUT_OF_REACH, NewComments
from validator.wording import quoted

_AUTOMATIC = 2
"""The `CodeActionTriggerKind` of a request that nobody made: the cursor has moved."""


class Context(NamedTuple):
    """What a request asks for: kinds of actions, all if empty, and diagnostics it names.

    `named` are their codes and ranges. `asked` says whether a person has asked for it.
    """

    only: tuple[str, ...] = ()
    named: tuple[tuple[object, Range | None], ...] = ()
    asked: bool = True

    @staticmethod
    def of(given: object) -> Context:
        """From a `CodeActionContext`."""
        only, diagnostics = find(given, "only"), find(given, "diagnostics")
        return Context(
            tuple(map(str, only)) if isinstance(only, list) else (),
            tuple(
                (find(each, "code"), find(each, "range"))
                for each in (diagnostics if isinstance(diagnostics, list) else ())
            ),
            find(given, "triggerKind") != _AUTOMATIC,
        )


@dataclass(frozen=True)
class Actions:
    """The code actions of a document with this report."""

    document: OpenDocument
    report: Report
    config: Config
    client: Client

    def at(self, span: Span, context: Context) -> list[Json]:
        """The actions for a span of the text, of the requested kinds.

        Fixing everything, and what is no fix, is offered only on explicit request: it takes several
        checks.
        """
        found: list[Json] = []
        if _wants(QUICK_FIX, context.only):
            findings = [
                each
                for each in self.report.findings
                if _touch(span_of(each.place), span) or self._is_named(each, context)
            ]
            found += self._fixes(findings)
            found += self._migration(findings)
            found += self._comments(findings)
        if context.asked or context.only:
            if _wants(EXTRACT, context.only) or _wants(REWRITE, context.only):
                found += self._refactorings(span, context.only)
            if _wants(FIX_ALL, context.only):
                found += self._fix_all()
        return found

    def _is_named(self, finding: Finding, context: Context) -> bool:
        """Whether the editor names a finding, as some name all of the cursor's line."""
        if finding.name not in [code for code, _ in context.named]:
            return False
        place = self.document.positions.range(span_of(finding.place))
        return (finding.name, place) in context.named

    def _fixes(self, findings: Iterable[Finding]) -> Iterator[Json]:
        for finding in findings:
            for number, fix in enumerate(finding.fixes):
                preferred = fix.safe and number == 0 and self.client.preferred
                yield present(
                    title=fix.title,
                    kind=QUICK_FIX,
                    diagnostics=[diagnostic(finding, self.document, self.client)],
                    isPreferred=True if preferred else None,
                    edit=edit(fix.edits, self.document, self.client),
                )

    def _migration(self, findings: Iterable[Finding]) -> Iterator[Json]:
        """Replace a document in the older format with what `migrate` makes of it.

        What belongs into `devcontainer.json` is in comments at its end, so that nothing is lost.
        """
        older = [each for each in findings if each.rule == "other-format"]
        root = self.document.view.document.root
        # Files of other tools have that finding too.
        if not older or not isinstance(root, Mapping) or not is_older(root):
            return
        from validator.migration.migration import DEVCONTAINER, migrate_text

        text = self.document.text
        migration = migrate_text(text, path=self.document.path, config=self.config)
        if not migration.ok:
            return
        made = migration.file
        if migration.devcontainer:
            lines = [f"For {DEVCONTAINER}:", *migration.devcontainer.splitlines()]
            made += "\n" + "".join(f"# {line}".rstrip() + "\n" for line in lines)
        yield present(
            title="Migrate this file",
            kind=QUICK_FIX,
            diagnostics=[diagnostic(older[0], self.document, self.client)],
            edit=edit((Edit(Span(0, len(text)), made),), self.document, self.client),
        )

    def _comments(self, findings: list[Finding]) -> Iterator[Json]:
        wanted = [each for each in findings if each.rule not in OUT_OF_REACH]
        # JSON has no comments.
        if not wanted or reader.is_json(self.document.path):
            return
        root = reader.read(self.document.text, self.config.limits, self.document.path).root
        if root is None:
            return
        comments = NewComments(self.document.positions.text, root)
        for finding in wanted:
            where = "on this line"
            made = comments.line(finding.name, span_of(finding.place).start)
            if made is None:
                where, made = "in this file", comments.file(finding.name)
            yield present(
                title=f"Ignore {quoted(finding.name)} {where}",
                kind=QUICK_FIX,
                diagnostics=[diagnostic(finding, self.document, self.client)],
                edit=edit((made,), self.document, self.client),
            )

    def _refactorings(self, span: Span, only: Sequence[str]) -> Iterator[Json]:
        view, path = self.document.view, self.document.path
        folder = None if path is None else folder_of_scripts(path)

        def taken(name: str) -> bool:
            return folder is None or os.path.lexists(os.path.join(folder, name))

        errors = _errors(self.report)
        for each in refactorings(view, span.start, taken):
            file = each.file
            kind = REWRITE if file is None else EXTRACT
            if not _wants(kind, only):
                continue
            made = edit(each.edits, self.document, self.client)
            if file is not None:
                if folder is None or not (self.client.creates and self.client.changes):
                    continue
                uri = uri_of(os.path.abspath(os.path.join(folder, file.path)))
                made = with_new_file(made, uri, file.content)
            after = apply(view.text.value, each.edits)
            config = self.config.replace(shellcheck="off")
            # What can be changed need not be free of errors, but gets no new ones.
            if not _errors(check_text(after, path=path, config=config)) - errors:
                yield present(title=each.title, kind=kind, edit=made)

    def _fix_all(self) -> Iterator[Json]:
        if not any(fix.safe for finding in self.report.findings for fix in finding.fixes):
            return
        fixed = fix_text(
            self.document.text,
            path=self.document.path,
            config=self.config,
            report=self.report,
        )
        if fixed.count:
            yield present(
                title="Fix all safely fixable findings",
                kind=FIX_ALL,
                edit=edit(fixed.edits, self.document, self.client),
            )


def _wants(kind: str, only: Sequence[str]) -> bool:
    """Whether a kind is among the requested ones; all are if none is given.

    A kind includes those below it, and the empty one all. A requested kind below ours matches too.
    """
    if not only:
        return True
    return any(
        not name or f"{kind}.".startswith(f"{name}.") or name.startswith(f"{kind}.")
        for name in only
    )


def _errors(report: Report) -> Counter[str]:
    """How many errors of each rule there are."""
    return Counter(each.rule for each in report.findings if each.severity == Severity.ERROR)


def _touch(one: Span, other: Span) -> bool:
    return one.start <= other.end and other.start <= one.end
