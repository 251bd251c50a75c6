"""Checks automation files: the tasks and services of cloud development environments.

`check_text`, `check_file`, `check_object` and `check_paths` return a `Report`, or yield one a
file. They print nothing and raise nothing for bad input. `read_document` gives the model that
`validator.plan` and `validator.graph` look at.
"""

from validator.config import Config, ConfigError
from validator.config_file import find_config, load_config
from validator.document import read_document
from validator.engine import Report, check_object, check_status_history, check_text
from validator.files import check_file, check_paths, find_files
from validator.finding import Edit, Finding, Fix, Place, Position, Related, Severity, Span
from validator.rules import Rule, all_rules
from validator.source import Limits

__all__ = [
    "Config",
    "ConfigError",
    "Edit",
    "Finding",
    "Fix",
    "Limits",
    "Place",
    "Position",
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
    "load_config",
    "read_document",
]
