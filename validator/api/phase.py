"""The phases of executions and of their steps."""

from __future__ import annotations

PREFIX = "TASK_EXECUTION_PHASE_"

PENDING = f"{PREFIX}PENDING"
RUNNING = f"{PREFIX}RUNNING"
SUCCEEDED = f"{PREFIX}SUCCEEDED"
FAILED = f"{PREFIX}FAILED"
STOPPED = f"{PREFIX}STOPPED"

TERMINAL = frozenset({SUCCEEDED, FAILED, STOPPED})
"""The final phases. Source: the shared model TaskExecutionPhase."""

KNOWN = frozenset({PENDING, RUNNING}) | TERMINAL
"""All phases except the unspecified one, which carries no information."""

SERVICE_STOPPED = "SERVICE_PHASE_STOPPED"

MISSING = "missing"
"""Used as the phase of a step without a status: it has not started."""

SERVICE_RUNNING = "service running"
"""Used as the phase of the step of a running service.

It has started. Whether it has ended is unknown, since services keep running.
"""

_SAID = {
    SERVICE_RUNNING: "is running",
    MISSING: "has no status, so it has not started",
    PENDING: "is pending",
    RUNNING: "is running",
    SUCCEEDED: "has succeeded",
    FAILED: "has failed",
    STOPPED: "has been stopped",
}


def said(phase: str) -> str:
    """A phase as a predicate: "has failed"."""
    return _SAID[phase]
