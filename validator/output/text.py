"""Text for people: each finding with the code it is about, and a summary at the end."""

from __future__ import annotations

from collections.abc import Callable

from validator.engine import Report
from validator.finding import Finding, Place, Severity
from validator.output import Totals
from validator.output.display import excerpt, inert, visible, where
from validator.text import Text

_MAX_RELATED = 10
_COLORS = {Severity.ERROR: "31", Severity.WARNING: "33", Severity.HINT: "36"}
_BOLD = "1"
_DIM = "2"
_BLUE = "34"


class Output:
    """Writes findings as `path:line:column: severity[rule]: message` with a frame of code."""

    def __init__(self, write: Callable[[str], object], *, color: bool, width: int) -> None:
        self._write = write
        self._color = color
        self._width = width

    def report(self, report: Report) -> None:
        for finding in report.findings:
            lines = [self._headline(report, finding)]
            if finding.place is not None:
                related = finding.related[:_MAX_RELATED]
                numbers = [finding.place.start.line + 1]
                numbers += [each.place.start.line for each in related]
                margin = len(str(max(numbers)))
                color = _COLORS[finding.severity]
                lines += self._frame(report.text, finding.place, margin, "^", color)
                for each in related:
                    lines.append(
                        f"{' ' * margin} {self._style('=', _BLUE)} {visible(each.message)}:"
                    )
                    lines += self._frame(report.text, each.place, margin, "-", _BLUE)
                if len(finding.related) > _MAX_RELATED:
                    more = len(finding.related) - _MAX_RELATED
                    lines.append(f"{' ' * margin} {self._style('=', _BLUE)} and {more} more places")
            self._write(inert("\n".join(lines)) + "\n\n")

    def finish(self, totals: Totals) -> None:
        if totals.files:
            self._write(summary(totals) + "\n")

    def _headline(self, report: Report, finding: Finding) -> str:
        place = where(report.path, finding.place)
        severity = self._style(f"{finding.severity}[{finding.rule}]", _COLORS[finding.severity])
        return f"{self._style(place, _BOLD)}: {severity}: {visible(finding.message)}"

    def _frame(self, text: Text, place: Place, margin: int, mark: str, color: str) -> list[str]:
        """The line where a place begins, the place underlined."""
        number = place.start.line
        line = text.line(number)
        start = place.start.column - 1
        end = place.end.column - 1 if place.end.line == number else len(line.rstrip())
        shown, column, count = excerpt(line, start, end, self._width - margin - 3)
        bar = self._style("|", _BLUE)
        underline = self._style(mark * max(count, 1), color)
        if place.end.line > number:
            underline += self._style(f" (to line {place.end.line})", _DIM)
        return [
            f"{self._style(f'{number:>{margin}}', _BLUE)} {bar} {shown}".rstrip(),
            f"{' ' * margin} {bar} {' ' * column}{underline}",
        ]

    def _style(self, text: str, code: str) -> str:
        return f"\033[{code}m{text}\033[0m" if self._color else text


def summary(totals: Totals) -> str:
    """What a run found, as a sentence."""
    files = _counted(totals.files, "file")
    found = counts(totals)
    verb = "Would fix" if totals.preview else "Fixed"
    mended = f" {verb} {_counted(totals.fixed, 'finding')}." if totals.fixed else ""
    if not found:
        return f"No findings in {files}.{mended}"
    place = files if totals.files == 1 else f"{totals.files_with_findings:,} of {files}"
    return f"Found {found} in {place}.{mended}{_fixable(totals)}"


def _fixable(totals: Totals) -> str:
    """What `--fix` could do about the findings that are left."""
    safe, unsafe = totals.fixable, totals.unsafely_fixable
    if not safe and not unsafe:
        return ""
    if not safe:
        return f" `--fix --unsafe-fixes` can mend {unsafe:,}."
    more = f", with `--unsafe-fixes` {unsafe:,} more" if unsafe else ""
    return f" `--fix` can mend {safe:,}{more}."


def counts(totals: Totals) -> str:
    """The numbers of findings as a phrase, empty without any: "2 errors and 1 warning"."""
    found = [
        _counted(count, name)
        for count, name in (
            (totals.errors, "error"),
            (totals.warnings, "warning"),
            (totals.hints, "hint"),
        )
        if count
    ]
    return " and ".join(filter(None, [", ".join(found[:-1]), *found[-1:]]))


def _counted(count: int, name: str) -> str:
    return f"{count:,} {name}{'' if count == 1 else 's'}"
