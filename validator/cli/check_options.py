"""The options of `check`."""

from validator import output
from validator.cli.option import COLOR, CONFIGURATION, OUTPUT_FILE, Option
from validator.finding import Severity
from validator.kinds import KINDS

OPTIONS = (
    Option(
        "--kind",
        takes="choice",
        choices=tuple(KINDS),
        what="document kind",
        metavar="KIND",
        help="Document kind (see `schema --help`); inferred from the content by default.",
    ),
    Option(
        "--format",
        takes="choice",
        parameter="format_",
        choices=output.FORMATS,
        what="format",
        help="Output format; text by default, github in GitHub Actions.",
    ),
    Option("--fix", help="Make safe fixes, in place."),
    Option(
        "--unsafe-fixes",
        help="Make unsafe fixes too, with --fix or --diff; without these, mark what they fix.",
    ),
    Option("--diff", help="Show what --fix would change, and change nothing."),
    Option("--add-ignore", help="Add comments that suppress all findings, in place."),
    Option(
        "--reason", takes="text", metavar="TEXT", help="The reason in the comments of --add-ignore."
    ),
    Option(
        "--select",
        takes="rules",
        multiple=True,
        metavar="RULE,...",
        help="Use only these rules and groups, separated by commas; may be repeated.",
    ),
    Option(
        "--ignore",
        takes="rules",
        multiple=True,
        metavar="RULE,...",
        help="Leave out these rules and groups, separated by commas; may be repeated.",
    ),
    Option(
        "--fail-on",
        takes="choice",
        choices=tuple(str(each) for each in reversed(Severity)),
        what="severity",
        help="Minimum severity that makes the exit code 1.  [default: error]",
    ),
    Option(
        "--shellcheck",
        takes="choice",
        choices=("auto", "on", "off"),
        what="setting",
        help="Check scripts with shellcheck; auto, if it is installed.  [default: auto]",
    ),
    Option(
        "--exclude",
        takes="text",
        multiple=True,
        metavar="PATTERN",
        help="Leave out files and folders in a search, as .gitignore does; may be repeated.",
    ),
    Option(
        "--force-exclude", help="Leave out excluded files even if they are named (for pre-commit)."
    ),
    *CONFIGURATION,
    Option("--baseline", takes="input", help="Do not report the findings in this file."),
    Option(
        "--write-baseline",
        takes="output",
        help="Write all findings to this file and report none.",
    ),
    Option(
        "--jobs",
        takes="count",
        metavar="N",
        help="Use N processes; by default one per core if there are many files.",
    ),
    Option("--fail-if-empty", help="Exit with 2 if folders contain no file to check."),
    Option("--watch", help="Check again after each change, until Ctrl-C."),
    Option(
        "--stdin-filename",
        takes="text",
        metavar="NAME",
        help="Name standard input; without a PATH, read it.",
    ),
    Option("--show-files", help="List the files that would be checked."),
    Option("--show-settings", help="Show the settings of each file, and their origin."),
    OUTPUT_FILE,
    COLOR,
    Option("-q", "--quiet", help="Write findings only, no summary."),
    Option(
        "-v",
        "--verbose",
        help="Also report files, configurations and programs used, on stderr.",
    ),
    Option("--statistics", help="Write the number of findings per rule instead of the findings."),
    Option("--show-fixes", help="List what --fix fixed, by file and rule."),
    Option("--all-rules", help="List all rules in SARIF, not only those with findings."),
    Option("--exit-zero", help="Exit with 0, also if something was found."),
)
"""In the order in which the help lists them."""
