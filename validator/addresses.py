"""Where the project is published. Addresses are empty until they are known."""

SITE = ""
"""The documentation site."""

REPOSITORY = ""
"""The repository."""


def rule_page(name: str) -> str:
    """The address of the page of a rule; "" as long as the site has no address."""
    return f"{SITE.rstrip('/')}/rules/{name}/" if SITE else ""


def shellcheck_page(code: str) -> str:
    """The address of the page of one of shellcheck's comments, such as `SC2086`."""
    return f"https://www.shellcheck.net/wiki/{code}"
