"""Where the project is published. Addresses are empty until they are known."""

SITE = ""
"""The documentation site."""

REPOSITORY = ""
"""The repository."""


def rule_page(name: str) -> str:
    """The address of the page of a rule; "" as long as the site has no address."""
    return f"{SITE.rstrip('/')}/rules/{name}/" if SITE else ""
