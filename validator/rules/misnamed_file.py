"""Files whose names the platform does not read. Found where files are looked for."""

from __future__ import annotations

from validator.finding import Severity
from validator.rule import Rule

RULES = (
    Rule(
        name="misnamed-file",
        severity=Severity.WARNING,
        group="files",
        summary="The platform does not read a file of this name",
        why="The platform reads `.ona/config.yaml`, or the older `.ona/automations.yaml` and "
        "`.gitpod/automations.yaml`, each also with the ending `.yml`. A file with another name, "
        "such as `.ona/automation.yaml`, is ignored without any message. A search of a "
        "folder reports such a file if it contains tasks or services. If the settings of the "
        "project name it, add it to `files` in the configuration, and it is checked like the "
        "others.",
        source="the entry `Ona Tasks and Services` of SchemaStore",
        ignored_by="configuration",
        settings=("files",),
    ),
)
