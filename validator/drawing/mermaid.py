"""Mermaid, which GitHub, GitLab and many wikis show as a picture."""

from __future__ import annotations

import re

from validator.drawing.diagram import Diagram, Item
from validator.drawing.labels import identifiers, is_wrong, lines

# A round box for what keeps running, a square one for what ends.
_SHAPES = {
    "task": ("[", "]"),
    "service": ("([", "])"),
    "unknown": ("{{", "}}"),
    "unreadable": ("{{", "}}"),
}
_RED = "stroke:#d1242f,stroke-width:2px"
# Characters that Mermaid takes for a quote, HTML, Markdown, or the start of its own codes.
_UNSAFE = re.compile(r"""["#$%&'*;<=>?@\[\\\]^`{|}~!_]""")


def draw(diagram: Diagram) -> str:
    """The diagram as a flowchart; arrows lead from what is needed to what needs it."""
    names = identifiers(diagram)
    text = ["flowchart LR"]
    text += [f"  {names[item.reference]}{_box(item)}" for item in diagram.items]
    red = []
    for number, edge in enumerate(diagram.edges):
        arrow = '-. "cycle" .->' if edge.in_cycle else "-.->" if edge.unknown else "-->"
        text.append(f"  {names[edge.needs]} {arrow} {names[edge.task]}")
        if edge.in_cycle or edge.unknown:
            red.append(str(number))
    wrong = [names[item.reference] for item in diagram.items if is_wrong(item)]
    if wrong:
        text += [f"  classDef wrong {_RED}", f"  class {','.join(wrong)} wrong"]
    if red:
        text.append(f"  linkStyle {','.join(red)} {_RED}")
    return "\n".join(text) + "\n"


def _box(item: Item) -> str:
    opening, closing = _SHAPES[item.role]
    return f'{opening}"{"<br/>".join(map(escaped, lines(item)))}"{closing}'


def escaped(text: str) -> str:
    """Escape text for Mermaid, whose codes are HTML entities with `#` instead of `&`."""
    return _UNSAFE.sub(lambda found: f"#{ord(found[0])};", text)
