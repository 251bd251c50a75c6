"""Where the documentation is on the web."""

SITE = ""
"""The address of the documentation's site; "" as long as it has none."""


def rule_page(name: str) -> str:
    """The address of the page of a rule; "" as long as the site has no address."""
    return f"{SITE.rstrip('/')}/rules/{name}/" if SITE else ""
