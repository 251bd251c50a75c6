"""Infer the kind of a document from its path or its content."""

from validator.kinds import DEFAULT_KIND, SECTIONS, kind_at
from validator.parsing.nodes import Mapping, Node


def candidates(root: Node, path: str | None) -> tuple[str, ...]:
    """The possible kinds of a document: several or none if its content is not conclusive."""
    by_path = None if path is None else kind_at(path)
    if by_path == DEFAULT_KIND:
        return (DEFAULT_KIND,)
    if (
        isinstance(root, Mapping)
        and (root.members or by_path is None)
        and root.members.keys() <= SECTIONS.keys()
        and all(isinstance(value, Mapping) for _, value in root.members.values())
    ):
        return (DEFAULT_KIND,)
    if by_path is not None:
        return (by_path,)
    # A plain automations file is recognized without the schemas of the other kinds.
    from validator.contract import shapes

    return shapes.candidates(root)
