"""What all parts of a migration share: the older text, its comments and the problems found."""

from __future__ import annotations

from validator.editing.edits import line_start
from validator.finding import Problem, Severity, Span
from validator.migration.attached_comments import Comments
from validator.migration.classic import Entry, Field
from validator.parsing.nodes import Mapping, Scalar
from validator.shell.source_map import SourceMap

NOT_MIGRATED = "not migrated: "


class Context:
    """The older file's text and its comments, and what a migration has to report about it."""

    def __init__(self, text: str, root: Mapping) -> None:
        self.text = text
        self.comments = Comments(text, root)
        self.problems: list[Problem] = []
        self._maps: dict[int, SourceMap] = {}

    def lost(self, field: Field, advice: str, *, severity: Severity | None = None) -> None:
        """Report a field that is not migrated, and what to do."""
        self._report("not-migrated", advice, self.span(field), field.pointer, severity)

    def lost_entry(self, entry: Entry, advice: str) -> None:
        """Report an entry of a list that is not migrated, and what to do."""
        self._report("not-migrated", advice, entry.node.span, entry.pointer, None)

    def lost_in_script(self, field: Field, start: int, end: int, advice: str) -> None:
        """Report characters of a script (0-based) that are not migrated, and what to do."""
        self._report("not-migrated", advice, self.place(field, start, end), field.pointer, None)

    def guessed(self, field: Field, message: str, span: Span | None = None) -> None:
        """Report what was guessed about a field."""
        self._report("migration-guess", message, span or self.span(field), field.pointer, None)

    def guessed_entry(self, entry: Entry, message: str) -> None:
        """Report what was guessed about an entry of a list."""
        self._report("migration-guess", message, entry.node.span, entry.pointer, None)

    def span(self, field: Field) -> Span:
        """Where a field is: its key, which is in the line where it is written."""
        return field.key.span

    def place(self, field: Field, start: int, end: int) -> Span:
        """Where characters of a script (0-based) are."""
        assert isinstance(field.value, Scalar)
        node = field.value
        # To make a map takes as long as the script is.
        if id(node) not in self._maps:
            self._maps[id(node)] = SourceMap(self.text, node)
        return self._maps[id(node)].span(start, end)

    def as_comment(self, field: Field) -> list[str]:
        """A field as it is written, as lines of a comment, with the comments in it and at it."""
        above = self.comments.above(field.key)
        beside, after = self.comments.beside(field.key), self.comments.after(field.key)
        start = field.key.start
        end = max(field.value.end, field.key.end)
        # The value of an alias is somewhere else.
        end = end if field.value.start >= start else field.key.end
        return [*above, *self._commented(start, end, beside), *after]

    def entry_as_comment(self, entry: Entry, dash: str = "- ") -> list[str]:
        """An entry of a list as it is written, as lines of a comment."""
        above = self.comments.above_entry(entry.node)
        rest = self.comments.about_entry(entry.node)
        return [*above, *self._commented(entry.node.start, entry.node.end, rest, dash)]

    def _commented(self, start: int, end: int, beside: list[str], dash: str = "") -> list[str]:
        column = start - line_start(start, self.text)
        break_ = self.text.find("\n", end)
        line_end = len(self.text) if break_ < 0 else break_
        # With the comment on its last line.
        tail = self.text[end:line_end].strip()
        if tail.startswith("#") or (tail and set(tail) <= set(",]}")):
            end = line_end
        inside = self.comments.inside(Span(start, end))
        first, *others = self.text[start:end].replace("\r\n", "\n").split("\n")
        made = [f"# {NOT_MIGRATED}{dash}{first.rstrip()}"]
        indentation = " " * len(dash)
        made += [f"# {indentation}{_dedented(line, column)}".rstrip() for line in others]
        written = self.text[start:end]
        return [*(each for each in [*beside, *inside] if each not in written), *made]

    def _report(
        self, rule: str, message: str, span: Span, pointer: str, severity: Severity | None
    ) -> None:
        self.problems.append(Problem(rule, message, span, pointer, severity=severity))


def _dedented(line: str, column: int) -> str:
    """A line without the indentation of what it is written below of, as far as it has it."""
    begun = line[:column]
    return line[column:] if not begun.strip() else line
