"""What an editor can switch off: its settings for the server, not those of a repository."""

from __future__ import annotations

from typing import Any, NamedTuple

SECTION = "automation-validator"
"""The name of the settings in an editor."""


class Options(NamedTuple):
    """The settings of an editor; everything is on by default.

    `order` and `cron` are the kinds of inlay hints, `workspace` says whether files that are not
    open have diagnostics. `plan_command` is the editor's own command that shows a plan, None if
    there is none: a code lens runs it with the document's URI and a reference.
    """

    order: bool = True
    cron: bool = True
    workspace: bool = True
    plan_command: str | None = None

    @staticmethod
    def of(given: Any) -> tuple[Options, list[str]]:
        """The options in `initializationOptions` or in settings, and what is wrong with them.

        Such as `{"inlayHints": {"cron": false}, "workspaceDiagnostics": false}`; null is the
        default. What can't be used counts as not set.
        """
        problems: list[str] = []
        top = _object(given, "the settings", problems)
        hints = _object(top.get("inlayHints"), "`inlayHints`", problems)
        return Options(
            _switch(hints, "order", "inlayHints.order", problems),
            _switch(hints, "cron", "inlayHints.cron", problems),
            _switch(top, "workspaceDiagnostics", "workspaceDiagnostics", problems),
            _text(top, "planCommand", problems),
        ), problems


def _object(value: Any, what: str, problems: list[str]) -> dict[str, Any]:
    if value is None or isinstance(value, dict):
        return value or {}
    problems.append(f"{what} must be an object")
    return {}


def _switch(values: dict[str, Any], key: str, name: str, problems: list[str]) -> bool:
    value = values.get(key)
    if value is None or isinstance(value, bool):
        return value is not False
    problems.append(f"`{name}` must be true or false")
    return True


def _text(values: dict[str, Any], key: str, problems: list[str]) -> str | None:
    value = values.get(key)
    if value is None or isinstance(value, str):
        return value or None
    problems.append(f"`{key}` must be a string")
    return None
