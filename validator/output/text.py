"""Text for people: each finding with its code, and a summary at the end."""

from __future__ import annotations

from collections.abc import Callable

from validator.report import Report, Totals


class Output:
    """Writes findings as `path:line:column: severity[rule]: message` with a frame of code."""

    def __init__(
        self,
        write: Callable[[str], object],
        *,
        color: bool,
        links: Callable[[], bool],
        width: int | None,
    ) -> None:
        self._write = write
        self._color = color
        self._links = links
        self._width = width
        self._repeated = 0

    def report(self, report: Report) -> None:
        if not report.findings:
            return
        # Needed only if there are findings.
        from validator.display import inert
        from validator.output.frame import Frames
        from validator.output.repeats import grouped

        width = self._width or terminal_width()
        frames = Frames(color=self._color, links=self._links(), width=width)
        for finding, *repeats in grouped(report.findings):
            self._write(inert(frames.show(report, finding, repeats)) + "\n\n")
            self._repeated += len(repeats)

    def finish(self, totals: Totals) -> None:
        if totals.files:
            self._write(summary(totals, self._repeated) + "\n")


def terminal_width() -> int:
    """The number of columns of the terminal, 100 if there is none."""
    import shutil

    return shutil.get_terminal_size((100, 24)).columns


def summary(totals: Totals, repeated: int = 0) -> str:
    """The result of a run as a sentence; `repeated` findings are shown only as further places."""
    files = counted(totals.files, "file")
    found = counts(totals)
    verb = "Would fix" if totals.preview else "Fixed"
    mended = f" {verb} {counted(totals.fixed, 'finding')}." if totals.fixed else ""
    known = f" {counted(totals.known, 'known finding')} not shown." if totals.known else ""
    scripts = " Scripts not checked: shellcheck is not installed." * bool(totals.unchecked_scripts)
    if not found:
        return f"No findings in {files}.{mended}{known}{scripts}"
    place = files if totals.files == 1 else f"{totals.files_with_findings:,} of {files}"
    if repeated:
        found += f" ({repeated:,} repeated)"
    return f"Found {found} in {place}.{mended}{known}{_fixable(totals)}{scripts}"


def _fixable(totals: Totals) -> str:
    """How many of the remaining findings `--fix` could fix."""
    safe, unsafe = totals.fixable, totals.unsafely_fixable
    if not safe and not unsafe:
        return ""
    if not safe:
        return f" {unsafe:,} fixable with `--fix --unsafe-fixes`."
    more = f", {unsafe:,} more with `--unsafe-fixes`" if unsafe else ""
    return f" {safe:,} fixable with `--fix`{more}."


def counts(totals: Totals) -> str:
    """The numbers of findings as a phrase, "" without any: "2 errors and 1 warning"."""
    found = [
        counted(count, name)
        for count, name in (
            (totals.errors, "error"),
            (totals.warnings, "warning"),
            (totals.hints, "hint"),
        )
        if count
    ]
    return " and ".join(filter(None, [", ".join(found[:-1]), *found[-1:]]))


def counted(count: int, name: str) -> str:
    """A number of things as a phrase: "1 error", "2 errors"."""
    return f"{count:,} {name}{'' if count == 1 else 's'}"
