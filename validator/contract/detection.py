"""Infer the kind of a document from its path or its content."""

from validator.kinds import DEFAULT_KIND, SECTIONS, is_known_path
from validator.parsing.nodes import Mapping, Node


def candidates(root: Node, path: str | None) -> tuple[str, ...]:
    """The possible kinds of a document: several or none if its content is not conclusive."""
    if path is not None and is_known_path(path):
        return (DEFAULT_KIND,)
    if (
        isinstance(root, Mapping)
        and root.members.keys() <= SECTIONS.keys()
        and all(isinstance(value, Mapping) for _, value in root.members.values())
    ):
        return (DEFAULT_KIND,)
    # A plain automations file is recognized without the schemas of the other kinds.
    from validator.contract import shapes

    return shapes.candidates(root)
