"""What a migration of a `.gitpod.yml` reports. Found by `migrate`."""

from __future__ import annotations

from validator.finding import Severity
from validator.rule import Rule

RULES = (
    Rule(
        name="migration-guess",
        severity=Severity.HINT,
        group="migration",
        summary="A migration guessed what an older `.gitpod.yml` means now",
        why="`migrate` has to guess where the older file does not say enough, such as on which "
        "port a server listens, and where tasks and services behave differently, such as when they "
        "start. The finding says what was guessed; look at it, and change the new file if it is "
        "wrong.",
        file=".gitpod.yml",
        ignored_by="configuration",
    ),
    Rule(
        name="not-an-older-file",
        severity=Severity.ERROR,
        group="migration",
        summary="A file that is to be migrated is not a `.gitpod.yml`",
        why="`migrate` reads the older format: a mapping with fields such as `tasks`, a list, and "
        "`image`. It writes nothing for a file that is empty, or that is an automations file "
        "already.",
        file=".gitpod.yml",
        ignored_by="configuration",
    ),
    Rule(
        name="not-migrated",
        severity=Severity.WARNING,
        group="migration",
        summary="A part of an older `.gitpod.yml` has no counterpart",
        why="Fields, commands of `gp`, folders and variables of the older product that nothing "
        "replaces are not lost: they are in the new file as comments that begin with `# not "
        "migrated:`, or still in the script. The finding says what to do about each. It is a "
        "hint where there is nothing to do.",
        file=".gitpod.yml",
        ignored_by="configuration",
    ),
)
