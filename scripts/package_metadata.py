"""What the package index shows: the README, and links to the site and the repository.

The index shows the README on a page of its own, where relative links lead nowhere: in the package
they lead to the repository, at the version of the package. Until the address of the repository is
known, they stay as they are.
"""

from __future__ import annotations

import re
import runpy
from pathlib import Path
from typing import Any

from hatchling.metadata.plugin.interface import MetadataHookInterface

_LINK = re.compile(
    r"(?P<before>\]\(|(?P<loaded>(?:src|srcset)=\"))(?!https?:|#)(?P<path>[^)\"\s]+)"
)


class PackageMetadata(MetadataHookInterface):
    """Adds the fields `readme` and `urls`."""

    def update(self, metadata: dict[str, Any]) -> None:
        root = Path(self.root)
        addresses = runpy.run_path(str(root / "validator" / "addresses.py"))
        repository, site = (addresses[name].rstrip("/") for name in ("REPOSITORY", "SITE"))
        readme = (root / "README.md").read_text(encoding="utf-8")
        metadata["readme"] = {
            "content-type": "text/markdown",
            "text": absolute(readme, repository, f"v{metadata['version']}"),
        }
        metadata["urls"] = urls(repository, site)


def absolute(readme: str, repository: str, tag: str) -> str:
    """The README with links and pictures that lead to a tag of the repository, if it is known."""
    if not repository:
        return readme

    def link(found: re.Match[str]) -> str:
        kind = "raw" if found["loaded"] else "blob"
        return f"{found['before']}{repository}/{kind}/{tag}/{found['path']}"

    return _LINK.sub(link, readme)


def urls(repository: str, site: str) -> dict[str, str]:
    """The links that the index shows next to the README; none whose address is not known."""
    found = {"Homepage": site or repository, "Documentation": site}
    if repository:
        found |= {
            "Repository": repository,
            "Issues": f"{repository}/issues",
            "Changelog": f"{repository}/blob/main/CHANGELOG.md",
        }
    return {name: address for name, address in found.items() if address}
