"""Fields of one object of which only one may be set, as the platform's contract has them.

Their objects are told apart by the fields: no other object has all of a group.
"""

STARTS = ("manual", "time", "pullRequest")
"""What starts an AI automation."""

CONTEXTS = ("projects", "repositories", "agent", "fromTrigger")
"""Where an AI automation runs."""

SELECTORS = ("repositoryUrls", "repoSelector")
"""How the repositories are given that an AI automation runs on."""

STEPS = ("task", "agent", "pullRequest", "report")
"""What a step of an AI automation is."""

TYPES = ("string", "integer", "float", "boolean")
"""The type of an output of a report."""

SOURCES = ("prompt", "command")
"""What gives an output of a report its value."""

PLACES = ("projectId", "environmentId", "contextUrl")
"""What an action of an AI automation runs on."""

GROUPS = (("docker", "machine"), STARTS, CONTEXTS, SELECTORS, STEPS, TYPES, SOURCES, PLACES)
"""All of them, in the spelling of the file format."""
