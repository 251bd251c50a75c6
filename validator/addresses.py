"""Where the project is published. Addresses are empty until they are known."""

SITE = ""
"""The documentation site, without a slash at the end."""

REPOSITORY = ""
"""The repository, without a slash at the end."""
