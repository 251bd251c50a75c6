"""JSON for programs, as described by `schema/json-output.schema.json`."""

from __future__ import annotations

from collections.abc import Callable

from validator.finding_json import VERSION, dumps
from validator.report import Report, Totals


class Output:
    """Writes one JSON object file by file, so that memory does not grow with the run."""

    def __init__(self, write: Callable[[str], object], **_: object) -> None:
        self._write = write
        self._separator = ""
        write(f'{{"version": {VERSION}, "files": [')

    def report(self, report: Report) -> None:
        self._write(f"{self._separator}\n  {dumps(report.as_file())}")
        self._separator = ","

    def finish(self, totals: Totals) -> None:
        self._write(f'\n], "summary": {dumps(totals.as_summary())}}}\n')
