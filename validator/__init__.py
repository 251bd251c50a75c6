"""Validate automations files: the tasks and services of cloud development environments.

`check_text`, `check_file` and `check_object` return a `Report`; `check_paths` yields one per file.
They print nothing, and raise no exception for invalid documents or unreadable files: those are
findings of the report. `fix_text` applies fixes. `read_document` returns the model that
`validator.model.plan`, `plan_change` and `graph` work on. `migrate_text` migrates a `.gitpod.yml`,
and `propose` proposes a first file for a repository.

Public are the names in `__all__`, `__version__`, and what docs/reference/stability.md lists. All
other modules and names may change in any version.
"""

from __future__ import annotations

from importlib import import_module

TYPE_CHECKING = False

if TYPE_CHECKING:
    from validator.batch import check_paths
    from validator.configuration.config import Config, ConfigError, Override
    from validator.configuration.config_file import find_config, load_config
    from validator.engine import check_object, check_status_history, check_text
    from validator.file_check import check_file
    from validator.finding import (
        Edit,
        Finding,
        Fix,
        Note,
        Place,
        Position,
        Problem,
        Related,
        Severity,
        Span,
    )
    from validator.fixer import Fixed, fix_text
    from validator.migration.migration import Migration, migrate_text
    from validator.model.load import read_document
    from validator.own_rules.own_rule import OwnRule
    from validator.parsing.limits import Limits
    from validator.proposal.proposal import Proposal, propose
    from validator.report import Report
    from validator.rules import Rule, all_rules
    from validator.search.search import find_files

    __version__: str
    """The version of the package, as in `automation-validator --version`."""

__all__ = [
    "Config",
    "ConfigError",
    "Edit",
    "Finding",
    "Fix",
    "Fixed",
    "Limits",
    "Migration",
    "Note",
    "Override",
    "OwnRule",
    "Place",
    "Position",
    "Problem",
    "Proposal",
    "Related",
    "Report",
    "Rule",
    "Severity",
    "Span",
    "all_rules",
    "check_file",
    "check_object",
    "check_paths",
    "check_status_history",
    "check_text",
    "find_config",
    "find_files",
    "fix_text",
    "load_config",
    "migrate_text",
    "propose",
    "read_document",
]

_HOMES = {
    "validator.configuration.config": ("Config", "ConfigError", "Override"),
    "validator.configuration.config_file": ("find_config", "load_config"),
    "validator.model.load": ("read_document",),
    "validator.engine": ("check_object", "check_status_history", "check_text"),
    "validator.report": ("Report",),
    "validator.batch": ("check_paths",),
    "validator.file_check": ("check_file",),
    "validator.search.search": ("find_files",),
    "validator.finding": (
        "Edit",
        "Finding",
        "Fix",
        "Note",
        "Place",
        "Position",
        "Problem",
        "Related",
        "Severity",
        "Span",
    ),
    "validator.fixer": ("Fixed", "fix_text"),
    "validator.rules": ("Rule", "all_rules"),
    "validator.migration.migration": ("Migration", "migrate_text"),
    "validator.own_rules.own_rule": ("OwnRule",),
    "validator.parsing.reader": ("Limits",),
    "validator.proposal.proposal": ("Proposal", "propose"),
}
"""The module that defines each public name. It is imported on first use: a command imports only
what it needs, and the command line can report an import that fails."""


if not TYPE_CHECKING:  # type checkers have to report names that do not exist

    def __getattr__(name: str) -> object:
        if name == "__version__":
            from importlib.metadata import version

            globals()[name] = version("automation-validator")
            return globals()[name]
        for home, names in _HOMES.items():
            if name in names:
                globals()[name] = value = getattr(import_module(home), name)
                return value
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
