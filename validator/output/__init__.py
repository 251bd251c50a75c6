"""The output formats: one module each, with a class that receives reports and writes them."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module

from validator.finding import Severity
from validator.report import Report, Totals

TYPE_CHECKING = False

if TYPE_CHECKING:
    from typing import Protocol
else:
    Protocol = object

FORMATS = ("concise", "github", "gitlab", "json", "junit", "sarif", "text")
"""The names of the formats; each is a module of this package with a class `Output`."""


class Output(Protocol):
    """A format; it receives the reports of a run one by one."""

    def report(self, report: Report) -> None:
        """Write the output for one document."""

    def finish(self, totals: Totals) -> None:
        """Write the output at the end of the run."""


def create(
    name: str,
    write: Callable[[str], object],
    *,
    color: bool,
    links: Callable[[], bool] = lambda: False,
    width: int | None = None,
    fails_from: Callable[[Report], Severity] = lambda _: Severity.ERROR,
    **options: bool,
) -> Output:
    """The output of a format.

    `write` receives pieces of text; `color` says whether to use colours, and `links`, called when
    there is something to link, whether to use hyperlinks. `width` is the number of columns that
    messages are wrapped at; if it is None, they are not. `fails_from` is the minimum severity in a
    report that fails the run. Formats ignore the `options` that have no
    meaning for them: with `unsafe`, findings with only an unsafe fix are marked as fixable; with
    `all_rules`, SARIF's table of rules has those without findings too; `quiet` leaves out the
    summary; with `show_fixes`, what was fixed comes after it; with `other_command`, it names the
    command that fixes.
    """
    module = import_module(f"{__name__}.{name}")
    output: Output = module.Output(
        write, color=color, links=links, width=width, fails_from=fails_from, **options
    )
    return output
