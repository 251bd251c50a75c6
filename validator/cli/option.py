"""Declarations of options: what click makes its own from, and what `plain` reads without click."""

from __future__ import annotations

from collections.abc import Sequence


class Option:
    """An option of a command.

    `names` are its spellings, the last one that of its parameter, unless `parameter` names it.
    `takes` says what its value is: `flag` for none, `text`, `choice` for one of `choices`, each of
    which is a `what`; `rules`, `input`, `output`, `output or stdout` and `count` are of the types
    that `validator.cli.click_options` gives them. An option that is `multiple` may be repeated.
    `metavar` is what the help shows in place of the value.
    """

    def __init__(
        self,
        *names: str,
        help: str,  # noqa: A002
        takes: str = "flag",
        parameter: str = "",
        choices: Sequence[str] = (),
        what: str = "",
        multiple: bool = False,
        metavar: str | None = None,
        default: str | None = None,
    ) -> None:
        self.names = names
        self.help = help
        self.takes = takes
        self.parameter = parameter or names[-1].lstrip("-").replace("-", "_")
        self.choices = choices
        self.what = what
        self.multiple = multiple
        self.metavar = metavar
        self._default = default

    @property
    def default(self) -> object:
        """The value of the parameter if the option is not given."""
        return False if self.takes == "flag" else () if self.multiple else self._default


COLOR = Option(
    "--color",
    takes="choice",
    choices=("always", "auto", "never"),
    what="setting",
    help="Use colours; auto, on terminals.  [default: auto]",
)

OUTPUT_FILE = Option(
    "-o",
    "--output-file",
    takes="output or stdout",
    default="-",
    help="Write to this file, instead of to standard output.",
)

STDIN_FILENAME = Option(
    "--stdin-filename",
    takes="text",
    metavar="NAME",
    help="Name standard input; without a FILE, read it.",
)

CONFIGURATION = (
    Option(
        "--config",
        takes="input",
        parameter="config_path",
        help="Use this configuration file instead of those near the files.",
    ),
    Option("--isolated", help="Ignore configuration files."),
)
