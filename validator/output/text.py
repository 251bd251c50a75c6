"""Text for people: each finding with its code, and a summary at the end."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from validator.report import Report, Totals
from validator.wording import counted


class Output:
    """Writes findings as `path:line:column: severity[rule]: message` with a frame of code."""

    def __init__(
        self,
        write: Callable[[str], object],
        *,
        color: bool,
        links: Callable[[], bool],
        width: int | None,
        **options: bool,
    ) -> None:
        self._write = write
        self._options = options
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

        frames = Frames(
            color=self._color,
            links=self._links(),
            width=self._width,
            unsafe=self._options.get("unsafe", False),
        )
        for finding, *repeats in grouped(report.findings):
            self._write(inert(frames.show(report, finding, repeats)) + "\n\n")
            self._repeated += len(repeats)

    def finish(self, totals: Totals) -> None:
        self._write(ending(totals, self._options, self._repeated))


def ending(totals: Totals, options: Mapping[str, bool], repeated: int = 0) -> str:
    """The last lines of a run: its summary, and what was fixed.

    Of the options, `unsafe`, `other_command`, `quiet` and `show_fixes` have a meaning here.
    """
    parts = []
    if totals.files and not options.get("quiet"):
        fix = "automation-validator check --fix" if options.get("other_command") else "--fix"
        parts.append(summary(totals, repeated, unsafe=options.get("unsafe", False), fix=fix))
    if totals.fixes and options.get("show_fixes"):
        parts.append(_fixes(totals))
    return "".join(f"{part}\n" for part in parts)


def _fixes(totals: Totals) -> str:
    """The files with fixes, each with the rules and numbers of the findings fixed."""
    verb = "Would fix" if totals.preview else "Fixed"
    head = f"{verb} in {counted(len(totals.fixes), 'file')}:"
    lines = []
    for path, rules in totals.fixes:
        most_first = sorted(rules.items(), key=lambda item: (-item[1], item[0]))
        each = ", ".join(f"{count:,} {rule}" for rule, count in most_first)
        lines.append(f"  {_name(path or '<text>')}: {each}")
    return "\n".join([head, *lines])


def summary(totals: Totals, repeated: int = 0, *, unsafe: bool = False, fix: str = "--fix") -> str:
    """The result of a run as a sentence, and on a line of its own what `fix` could fix.

    `repeated` findings are shown only as further places; `unsafe` is the option `--unsafe-fixes`.
    """
    files = counted(totals.files, "file") + _searched(totals.searched)
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
    fixable = _fixable(totals, fix, unsafe=unsafe)
    return f"Found {found} in {place}.{mended}{known}{scripts}{fixable}"


_MOST_FOLDERS = 3


def _searched(folders: Sequence[str]) -> str:
    """The folders that were searched, as a part of a sentence."""
    if not folders:
        return ""
    shown = ["the current folder" if each == "." else _name(each) for each in folders]
    left = len(shown) - _MOST_FOLDERS
    if left > 0:
        shown[_MOST_FOLDERS:] = [counted(left, "more folder")]
    return f" in {joined(shown)}"


def _name(path: str) -> str:
    """A path that is safe to show."""
    if path.isascii() and path.isprintable() and "#" not in path:
        return path
    # Needed for few paths.
    from validator.display import inert, visible

    return inert(visible(path))


def _fixable(totals: Totals, fix: str, *, unsafe: bool) -> str:
    """How many of the remaining findings `fix` could fix: what their mark means."""
    safe, others = totals.fixable, totals.unsafely_fixable
    if not safe and not others:
        return ""
    from validator.output.marks import FIXABLE

    if unsafe and others:
        return f"\n{FIXABLE} {safe + others:,} fixable with `{fix} --unsafe-fixes`."
    if safe:
        more = f", {others:,} more with `--unsafe-fixes`" if others else ""
        return f"\n{FIXABLE} {safe:,} fixable with `{fix}`{more}."
    return f"\n{others:,} fixable with `{fix} --unsafe-fixes`."


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
    return joined(found)


def joined(parts: list[str]) -> str:
    """Parts of a sentence as a phrase: "a, b and c"."""
    return " and ".join(filter(None, [", ".join(parts[:-1]), *parts[-1:]]))
