"""Which kind a document is: told by where it lies, or by its own shape."""

from validator.kinds import DEFAULT_KIND, SECTIONS, is_known_path
from validator.parsing.nodes import Mapping, Node


def candidates(root: Node, path: str | None) -> tuple[str, ...]:
    """The kinds that a document may be: several, or none, where its shape does not tell."""
    if path is not None and is_known_path(path):
        return (DEFAULT_KIND,)
    if (
        isinstance(root, Mapping)
        and root.members.keys() <= SECTIONS.keys()
        and all(isinstance(value, Mapping) for _, value in root.members.values())
    ):
        return (DEFAULT_KIND,)
    # A plain automations file is told without knowing what the others look like.
    from validator.contract import shapes

    return shapes.candidates(root)
