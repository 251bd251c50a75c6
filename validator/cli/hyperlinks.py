"""Which terminals show hyperlinks (OSC 8)."""

from __future__ import annotations

import os

from validator.cli.streams import is_terminal

TYPE_CHECKING = False

if TYPE_CHECKING:
    from typing import TextIO

# There is no way to ask a terminal, and some print the address as garbage: only those that are
# known to show hyperlinks get any.
_PROGRAMS = frozenset(
    {"Hyper", "WarpTerminal", "WezTerm", "ghostty", "iTerm.app", "rio", "vscode", "zed"}
)
_TERMS = frozenset(
    {"alacritty", "contour", "foot", "foot-extra", "wezterm", "xterm-ghostty", "xterm-kitty"}
)
# The version of VTE, the widget of GNOME Terminal and others, from which on hyperlinks work: 0.50.0
# crashes on them.
_VTE = 5001
_KONSOLE = 201200


def wants_hyperlinks(stream: TextIO) -> bool:
    """Whether to write hyperlinks to a stream: FORCE_HYPERLINK decides, then the terminal."""
    forced = os.environ.get("FORCE_HYPERLINK")
    if forced:
        return forced != "0"
    if os.environ.get("NO_COLOR") or not is_terminal(stream):
        return False
    term = os.environ.get("TERM", "")
    if term.startswith(("screen", "tmux")):
        # A multiplexer does not show what the terminal around it, whose variables it inherits, can.
        return False
    return (
        term in _TERMS
        or os.environ.get("TERM_PROGRAM") in _PROGRAMS
        or bool(os.environ.get("WT_SESSION") or os.environ.get("DOMTERM"))
        or _version("VTE_VERSION") >= _VTE
        or _version("KONSOLE_VERSION") >= _KONSOLE
    )


def _version(variable: str) -> int:
    """The number in an environment variable, 0 without one."""
    value = os.environ.get(variable, "")
    return int(value) if value.isascii() and value.isdecimal() else 0
