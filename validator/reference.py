"""Locate `docs/rules.md`, the reference of the rules."""

from __future__ import annotations

import os

_HERE = os.path.dirname(os.path.abspath(__file__))
# A wheel contains the page inside the package; in a checkout it is next to the package.
_FOLDERS = (os.path.join(_HERE, "docs"), os.path.join(os.path.dirname(_HERE), "docs"))


def path() -> str:
    """The path of the page, in the installation or in the checkout.

    Raises FileNotFoundError if the installation is incomplete.
    """
    for folder in _FOLDERS:
        name = os.path.join(folder, "rules.md")
        if os.path.exists(name):
            return name
    raise FileNotFoundError("rules.md is missing from the installation of automation-validator")
