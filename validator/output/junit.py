"""JUnit XML, which nearly every CI system shows as test results."""

from __future__ import annotations

from collections.abc import Callable
from tempfile import TemporaryFile

from validator.display import visible
from validator.finding import Finding, Severity
from validator.output.concise import line
from validator.output.text import counts
from validator.report import Report, Totals

_PIECE = 65_536
# A number sign is escaped because of logs: see `inert` in `display`.
_ESCAPES = {ord(character): f"&#{ord(character)};" for character in '&<>"#'}


class Output:
    """Writes one test suite with one test case per file.

    The findings that fail the run are its failure, others its output: a CI system must not count a
    test as failed in a job that has passed. The document begins with its totals, so it is kept in a
    temporary file until the end of the run.
    """

    def __init__(
        self,
        write: Callable[[str], object],
        fails_from: Callable[[Report], Severity],
        **_: object,
    ) -> None:
        self._write = write
        self._fails_from = fails_from
        self._tests = self._failures = 0
        self._suites = TemporaryFile("w+", encoding="ascii", newline="")  # noqa: SIM115

    def report(self, report: Report) -> None:
        level = self._fails_from(report)
        failures = [each for each in report.findings if each.severity >= level]
        others = [each for each in report.findings if each.severity < level]
        name = _escaped(visible(report.path or "<text>"))
        lines = [
            f'  <testsuite name="{name}" tests="1" failures="{int(bool(failures))}" errors="0">',
            f'    <testcase classname="automation-validator" name="{name}">',
        ]
        if failures:
            totals = Totals()
            totals.add(report)
            totals.hints *= level <= Severity.HINT
            totals.warnings *= level <= Severity.WARNING
            lines.append(
                f'      <failure type="{report.worst}" message="{counts(totals)}">'
                f"{_lines(report, failures)}</failure>"
            )
        if others:
            lines.append(f"      <system-out>{_lines(report, others)}</system-out>")
        lines += ["    </testcase>", "  </testsuite>", ""]
        self._suites.write("\n".join(lines))
        self._tests += 1
        self._failures += bool(failures)

    def finish(self, _totals: Totals) -> None:
        self._write(
            '<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="automation-validator"'
            f' tests="{self._tests}" failures="{self._failures}" errors="0">\n'
        )
        with self._suites:
            self._suites.seek(0)
            while piece := self._suites.read(_PIECE):
                self._write(piece)
        self._write("</testsuites>\n")


def _lines(report: Report, findings: list[Finding]) -> str:
    return "\n".join(_escaped(line(report, finding)) for finding in findings)


def _escaped(text: str) -> str:
    """Visible text for XML, in ASCII: it stays valid whatever encoding the output goes through."""
    return text.translate(_ESCAPES).encode("ascii", "xmlcharrefreplace").decode()
