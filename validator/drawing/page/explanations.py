"""Why the items of the page run, as HTML; all text of the document is escaped here."""

from __future__ import annotations

from validator.display import markup
from validator.drawing.diagram import Diagram, TooLarge, check_size
from validator.drawing.labels import short_reference
from validator.model.automations import Document
from validator.model.run_explanation import Explainer
from validator.sentences.run import sections
from validator.sentences.sentence import Code, Section, Sentence


class Explanations:
    """Explains items by their references; nothing in a document too large for the picture."""

    def __init__(self, document: Document | None, diagram: Diagram) -> None:
        self._explainer: Explainer | None = None
        self._known = {} if document is None else document.by_reference
        try:
            check_size(diagram)
        except TooLarge:
            # The paths of all items together can be quadratic in their number.
            return
        if document is not None:
            self._explainer = Explainer(document)

    def of(self, reference: str) -> str:
        """Why an item runs, "" if that is not known."""
        if self._explainer is None or reference not in self._known:
            return ""
        explained = self._explainer.explain(reference, only_direct=True)
        parts = map(_section, sections(explained, only_direct=True))
        # What never runs can't fail either: the graph marks nothing as lost.
        never = " never" if explained.never_runs else ""
        return f'<div class="why{never}">{"".join(parts)}</div>'


def _section(section: Section) -> str:
    said = "".join(f"<p>{_sentence(each)}</p>" for each in section.sentences)
    return f"<h4>{markup(section.title)}</h4>{said}"


def _sentence(sentence: Sentence) -> str:
    return "".join(
        f"<code>{markup(short_reference(piece))}</code>"
        if isinstance(piece, Code)
        else markup(piece)
        for piece in sentence
    )
