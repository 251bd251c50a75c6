"""Generate the page of the library: its public names, from their source, and examples.

An example is a program in `fixtures/library/`, and its output is what it prints.
"""

from __future__ import annotations

import runpy
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path
from typing import NamedTuple

from scripts import definitions

_ROOT = Path(__file__).parents[1]
_EXAMPLES = _ROOT / "fixtures" / "library"

_INTRODUCTION = """\
# Library

<!-- Made from the docstrings and fixtures/library/ by scripts/generate.py. -->

`import validator` has everything that the command does, as functions. They print nothing, and raise
no exception for an invalid document or a file that can't be read: these are findings. Exceptions
are for wrong arguments, and for a configuration that can't be used.

All names on this page are [stable](stability.md), with their arguments, attributes and exceptions,
except for the [contents of the model](#contents-of-the-model). Everything is typed.
"""


class Group(NamedTuple):
    """Names that are used together.

    `module` is where they are imported from; `names` are theirs in the order of the page, `example`
    is the name of a program, "" for none.
    """

    title: str
    module: str
    names: tuple[str, ...]
    introduction: str
    example: str = ""


GROUPS = (
    Group(
        "Check",
        "validator",
        (
            "check_text",
            "check_file",
            "check_paths",
            "check_object",
            "check_status_history",
            "find_files",
        ),
        "From a text, files or data to reports.",
        "check",
    ),
    Group(
        "Results",
        "validator",
        (
            "Report",
            "Finding",
            "Severity",
            "Place",
            "Position",
            "Span",
            "Related",
            "Fix",
            "Edit",
        ),
        "What a check returns. Lines and columns begin with 1, offsets with 0.",
        "results",
    ),
    Group(
        "Rules",
        "validator",
        ("all_rules", "Rule", "OwnRule", "Problem", "Note"),
        "What the rules are: the [list of rules](../rules/index.md) as data, and "
        "[rules of one's own](../guides/own-rules.md).",
        "rules",
    ),
    Group(
        "Configuration",
        "validator",
        ("Config", "Override", "load_config", "find_config", "ConfigError", "Limits"),
        "Which rules to use, how severe they are and how much is read. The library looks for no "
        "[configuration file](configuration.md) by itself: `load_config` reads one.",
        "configuration",
    ),
    Group(
        "Fixes",
        "validator",
        ("fix_text", "Fixed"),
        "What `check --fix` does to a text. Nothing is written.",
        "fixes",
    ),
    Group(
        "Plans",
        "validator.model.plan",
        (
            "of_trigger",
            "of_task",
            "of_document",
            "reached_by",
            "group_numbers",
            "to_json",
            "Plan",
            "Group",
            "Step",
            "Phase",
        ),
        "What a trigger starts, and in which order. `read_document` ([Model](#model)) reads the "
        "document.",
        "plan",
    ),
    Group(
        "Explanations",
        "validator.model.run_explanation",
        ("explain_run", "RunExplanation", "Start", "Need", "Occasion", "Explainer"),
        "Why a task or a service runs, as the command `why` says it.",
        "why",
    ),
    Group(
        "Failures",
        "validator.model.failure",
        ("blast_radius", "loss_in", "BlastRadius", "Loss"),
        "What is lost when a task or a service fails.",
        "failure",
    ),
    Group(
        "Changes of plans",
        "validator.model.plan_change",
        ("compare_plans", "PlanChange", "ItemChange", "Planned", "Run"),
        "What `plan --diff` shows: what a change of a file does to its plans.",
        "plan_change",
    ),
    Group(
        "Timelines",
        "validator.api.timeline",
        ("timeline", "Timeline", "Run", "Bar", "BarStep", "Moment", "Instant"),
        "What executions of an environment did when, beside the plan of its file.",
        "timeline",
    ),
    Group(
        "Graph",
        "validator.model.graph",
        (
            "is_acyclic",
            "cycles",
            "components",
            "levels",
            "sound_levels",
            "redundant",
            "closure",
            "reached",
            "has_chains",
            "reversed_graph",
        ),
        "Questions about dependencies. A graph is a mapping from each reference to those that it "
        "depends on, such as `Document.graph`.",
    ),
    Group(
        "Model",
        "validator",
        ("read_document",),
        "The document that plans and pictures are made of.",
    ),
    Group(
        "Contents of the model",
        "validator.model.automations",
        ("Document", "Automation", "Trigger", "Dependency"),
        "What `read_document` returns. Not stable: attributes may change in any version.",
    ),
    Group(
        "Drawing",
        "validator.drawing",
        ("diagram_of", "draw", "Diagram", "Item", "Edge", "TooLarge"),
        "Pictures of a document, as text. The formats are `dot`, `json`, `mermaid` and `svg`.",
        "drawing",
    ),
    Group(
        "Migrate and propose",
        "validator",
        ("migrate_text", "Migration", "propose", "Proposal"),
        "A first automations file, from a `.gitpod.yml` or from what a repository contains.",
        "migrate",
    ),
)


def page() -> str:
    """The text of the page."""
    return _INTRODUCTION + "".join(map(_group, GROUPS))


def example(name: str) -> tuple[str, str]:
    """An example, and what it prints."""
    path = _EXAMPLES / f"{name}.py"
    with redirect_stdout(StringIO()) as printed:
        runpy.run_path(str(path))
    return path.read_text(encoding="utf-8"), printed.getvalue()


def _group(group: Group) -> str:
    parts = [f"\n## {group.title}\n\n{group.introduction}\n"]
    if group.module != "validator":
        parts.append(f"\nIn `{group.module}`.\n")
    if group.example:
        code, printed = example(group.example)
        parts.append(f"\n```python\n{code}```\n\nprints\n\n```text\n{printed}```\n")
    return "".join([*parts, *(definitions.section(group.module, name) for name in group.names)])
