"""`automation-validator plan --if-fails`: what is lost when a task or a service fails."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from validator.cli.lines import Output
    from validator.model.automations import Document
    from validator.model.plan import Plan


def lines(
    document: Document,
    plans: list[Plan],
    reference: str,
    output: Output,
    *,
    single: bool,
) -> Iterator[str]:
    """The lines of what each of some plans loses.

    `single` says that only one plan was requested.
    """
    if output.format == "json":
        from validator.drawing.plans import failure_json

        return failure_json.draw(document, plans, reference)
    if output.format == "mermaid":
        from validator.drawing.plans import plan_mermaid
        from validator.model.failure import dependents, loss_in, runnable

        drawn = [each for each in plans if loss_in(each, reference) is not None]
        if not drawn:
            return plan_mermaid.draw(plans)
        lost = runnable(document).intersection(dependents(document, reference))
        return plan_mermaid.draw(drawn, failed=reference, lost=lost)
    from validator.drawing.plans import sentences_text
    from validator.sentences.failure import sections

    automation = document.by_reference[reference]
    shown = sections(document, plans, reference, single=single)
    return sentences_text.draw(
        automation, shown, color=output.colored, width=output.width, case=", if it fails"
    )
