"""Describe a rule for people, as plain text or Markdown, and find its page."""

from __future__ import annotations

import os
import textwrap

from validator.display import visible
from validator.rules import OWN, Rule

_HERE = os.path.dirname(os.path.abspath(__file__))
# A wheel contains the page inside the package; in a checkout it is beside it.
_FOLDERS = (os.path.join(_HERE, "docs"), os.path.join(os.path.dirname(_HERE), "docs"))

_FIX = (
    "`automation-validator check --fix` fixes it if the intent is clear; with `--unsafe-fixes`, "
    "also if there is a good guess."
)

_BLOCKING = (
    "It means that a document was not completely checked or fixed, so it always fails: the rule "
    "can't be ignored, suppressed or given another severity."
)

_OPTIONAL = (
    "This rule is off by default. Turn it on with `--select {0}`, or with a severity in the "
    'configuration: `severity = {{ {0} = "{1}" }}`.'
)

_IGNORED_BY = {
    "comments": "To ignore one finding in YAML, write `# automation-validator: ignore[{0}]` at the "
    "end of its line or above it; `ignore-file[{0}]` above the first key is for the whole file.",
    "configuration": "No comment suppresses a finding of this rule.",
    "nothing": "The rule can't be ignored.",
}

_IGNORE_ALL = ' To ignore all, put `ignore = ["{0}"]` into the configuration.'


def plain(rule: Rule, width: int | None = None) -> str:
    """A rule's explanation and examples as plain text; prose is wrapped at `width` columns."""
    parts = _wrapped(_prose(rule), width)
    for title, example in (("Wrong", rule.bad), ("Right", rule.good)):
        if example:
            parts += [f"{title}:", textwrap.indent(_shown(example), "    ")]
    return "\n\n".join([*parts, *_wrapped([*_fix(rule), *_settings(rule)], width)])


def markdown(rule: Rule, output: str = "", difference: str = "") -> str:
    """The same as Markdown.

    `output` is the report of the wrong example, `difference` a diff of what its fix changes.
    """
    parts = _prose(rule) if rule.group != OWN else _escaped(_prose(rule))
    language = rule.file.rpartition(".")[2]
    if rule.bad:
        parts += ["Wrong:", _fenced(language, _shown(rule.bad))]
    if output:
        parts.append(_fenced("text", output))
    if rule.good:
        parts += ["Right:", _fenced(language, _shown(rule.good))]
    parts += _fix(rule)
    if difference:
        parts.append(_fenced("diff", _shown(difference)))
    return "\n\n".join([*parts, *_settings(rule)])


def _prose(rule: Rule) -> list[str]:
    """What is wrong, and how that is known."""
    optional = _OPTIONAL.format(rule.name, rule.severity)
    return [
        f"{rule.summary}.",
        *[rule.why] * bool(rule.why),
        *[f"Source: {rule.source}."] * bool(rule.source),
        *[_BLOCKING] * rule.blocking,
        *[optional] * rule.optional,
    ]


def _escaped(parts: list[str]) -> list[str]:
    """Prose of rules of one's own, which may be untrusted, as Markdown."""
    from validator.language.markup import prose

    return [prose(part).markdown for part in parts]


def _fix(rule: Rule) -> list[str]:
    return [_FIX] * rule.fixable


def _settings(rule: Rule) -> list[str]:
    """What changes the rule, and how to ignore it."""
    names = " and ".join(f"`{name}`" for name in rule.settings)
    parts = [f"Settings: {names} in the configuration."] if names else []
    if not rule.blocking:
        # A rule that is off by default needs no such setting.
        everywhere = _IGNORE_ALL * (rule.ignored_by != "nothing" and not rule.optional)
        parts.append((_IGNORED_BY[rule.ignored_by] + everywhere).format(rule.name))
    return parts


def _wrapped(parts: list[str], width: int | None) -> list[str]:
    if width is None:
        return parts
    return [textwrap.fill(part, width, break_on_hyphens=False) for part in parts]


def _shown(example: str) -> str:
    return "\n".join(visible(line) for line in example.rstrip("\n").split("\n"))


def _fenced(language: str, text: str) -> str:
    return f"```{language}\n{text}\n```"


def page_of_rule(name: str) -> str:
    """The path of the page of a rule: in the installation, or in the checkout.

    Raises FileNotFoundError if the installation is incomplete.
    """
    for folder in _FOLDERS:
        path = os.path.join(folder, "rules", f"{name}.md")
        if os.path.exists(path):
            return path
    raise FileNotFoundError(f"{name}.md is missing from the installation of automation-validator")
