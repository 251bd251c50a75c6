"""`automation-validator plan --if-fails`: what is lost when a task or a service fails."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from validator.model.automations import Document
    from validator.model.plan import Plan


def lines(
    document: Document,
    plans: list[Plan],
    reference: str,
    format_: str,
    *,
    single: bool,
    color: bool,
    width: int,
) -> Iterator[str]:
    """The lines of what each of some plans loses, in a format of the command `plan`.

    `single` says that only one plan was requested.
    """
    if format_ == "json":
        from validator.drawing.plans import failure_json

        return failure_json.draw(document, plans, reference)
    if format_ == "mermaid":
        from validator.drawing.plans import plan_mermaid
        from validator.model.failure import dependents, loss_in

        drawn = [each for each in plans if loss_in(each, reference) is not None] or plans
        return plan_mermaid.draw(drawn, failed=reference, lost=dependents(document, reference))
    from validator.drawing.plans import sentences_text
    from validator.sentences.failure import sections

    automation = document.by_reference[reference]
    shown = sections(document, plans, reference, single=single)
    return sentences_text.draw(automation, shown, color=color, width=width, case=", if it fails")
