"""The results of a run: as a table, as JSON, and compared with those of another run."""

from __future__ import annotations

import json
import platform
from typing import Any

from benchmarks.measure import Group, Timing

VERSION = 1
"""The version of the JSON format; it changes when programs that read it would break."""

_WIDTH = 46


def table(group: Group) -> str:
    """A group as lines: median, spread and ratio to the first; then the figures."""
    lines = [group.title]
    first = next(iter(group.timings.values()), None)
    for name, each in group.timings.items():
        assert first is not None
        lines.append(f"  {name:<{_WIDTH}} {_shown(each)} {each.median / first.median:>8.2f}")
    lines += [f"  {name:<{_WIDTH}} {value:>12,.2f}" for name, value in group.figures.items()]
    return "\n".join(lines) + "\n"


def _shown(timing: Timing) -> str:
    return f"{timing.median * 1e3:>12,.3f} ms ± {timing.spread * 1e3:<9,.3f}"


def to_json(groups: list[Group]) -> str:
    """Results as JSON: medians and spreads in seconds, and ratios to the first of each group."""
    return json.dumps(
        {
            "version": VERSION,
            "python": platform.python_version(),
            "machine": platform.machine(),
            "groups": [_as_json(group) for group in groups],
        },
        indent=2,
    )


def _as_json(group: Group) -> dict[str, Any]:
    first = next(iter(group.timings.values()), None)
    return {
        "title": group.title,
        "timings": {
            name: {
                "median": each.median,
                "spread": each.spread,
                "ratio": each.median / first.median if first else 1.0,
            }
            for name, each in group.timings.items()
        },
        "figures": group.figures,
    }


def compared(before: str, after: str) -> str:
    """Two results, each as JSON, side by side: ratios and figures, and how they changed.

    Seconds are left out: the speed of the machine may differ between two runs.
    Raises ValueError if one of them is not a result of this version.
    """
    old, new = _values(before), _values(after)
    lines = [f"{'':<{2 * _WIDTH}} {'before':>10} {'after':>10} {'change':>8}"]
    for name in dict.fromkeys([*old, *new]):
        numbers = [f"{each[name]:,.2f}" if name in each else "-" for each in (old, new)]
        change = f"{(new[name] / old[name] - 1) * 100:+.0f} %" if _both(name, old, new) else ""
        lines.append(f"{name:<{2 * _WIDTH}} {numbers[0]:>10} {numbers[1]:>10} {change:>8}")
    return "\n".join(lines) + "\n"


def _both(name: str, old: dict[str, float], new: dict[str, float]) -> bool:
    return bool(name in new and old.get(name))


def _values(text: str) -> dict[str, float]:
    content = json.loads(text)
    if not isinstance(content, dict) or content.get("version") != VERSION:
        raise ValueError(f"these are no results of version {VERSION}")
    return {
        f"{group['title']}: {name}": value
        for group in content["groups"]
        for name, value in [
            *((name, each["ratio"]) for name, each in list(group["timings"].items())[1:]),
            *group["figures"].items(),
        ]
    }
