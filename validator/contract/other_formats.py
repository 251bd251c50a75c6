"""Fields and words of other formats, and their equivalents in an automations file.

Only facts, as tables. The formats: the older `.gitpod.yml`, `devcontainer.json`, Compose, the
probes of Kubernetes, the tasks of editors, and workflows of continuous integration.
"""

from __future__ import annotations

import re

from validator.parsing.nodes import Mapping, Sequence
from validator.tuples import NamedTuple

_SEPARATORS = r"[-_. ]"


class Foreign(NamedTuple):
    """A field that an automations file does not have: advice, and whether it can be removed."""

    advice: str
    can_go: bool = True


def folded(name: str) -> str:
    """A name without case and separators, as in the tables of this module."""
    return re.sub(_SEPARATORS, "", name.lower())


PORTS = "a command opens ports now: `ona environment port open 3000`"
"""Advice for ports, with an example of a number."""

_CONTAINER = "`devcontainer.json` sets up the container now"
_EDITOR = "`devcontainer.json` sets up the editor now, under `customizations`"
_NO_NAME = "it belongs to a task or a service; the file itself has none"
_CLONE = "a task can clone further repositories"
_FOLDER = "`devcontainer.json` has it as `workspaceFolder`"
_GONE = "it has no counterpart now, so remove it"
_EXPORT = "export variables in the commands: `export NAME=value`"
_PREBUILD = "prebuilds run the tasks with `triggeredBy: [prebuild]`, so remove it"

OLDER_FIELDS = {
    "additionalRepositories": Foreign(_CLONE, can_go=False),
    "checkoutLocation": Foreign(_FOLDER),
    "coreDump": Foreign(_GONE),
    "env": Foreign(_EXPORT, can_go=False),
    "experimentalNetwork": Foreign(_GONE),
    "gitConfig": Foreign("a task can run `git config`", can_go=False),
    "github": Foreign(_PREBUILD),
    "image": Foreign(_CONTAINER),
    "jetbrains": Foreign(_EDITOR),
    "ports": Foreign(PORTS),
    "vscode": Foreign(_EDITOR),
    "workspaceLocation": Foreign(_FOLDER),
}
"""Top-level fields of the older `.gitpod.yml`, except `tasks`."""


def is_older(root: Mapping) -> bool:
    """Whether a document has a field of the older `.gitpod.yml`: `tasks` is a list there."""
    tasks = root.members.get("tasks")
    is_list = tasks is not None and isinstance(tasks[1], Sequence)
    return is_list or bool(root.members.keys() & OLDER_FIELDS.keys())


TOP_FIELDS = {
    **OLDER_FIELDS,
    "$schema": Foreign(
        "write it in a comment instead: `# yaml-language-server: $schema=…`", can_go=False
    ),
    "description": Foreign(_NO_NAME, can_go=False),
    "environment": Foreign(_EXPORT, can_go=False),
    "extensions": Foreign(_EDITOR),
    "name": Foreign(_NO_NAME, can_go=False),
    "settings": Foreign(_EDITOR),
    "variables": Foreign(_EXPORT, can_go=False),
    "version": Foreign("the format has no version, so remove it"),
}
"""Fields that authors write at the top level of the file."""

_CD = "change into the folder in the command: `cd folder && …`"
_COMPOSE = "run containers by a command, such as `docker compose up`"
_OLDER = "that is the older `.gitpod.yml` form; remove it"
_REFERENCE = "the key above is the reference, so remove it"
_RESTART = "write a loop in the command if it has to start again"
_SHELL = "call another shell in the command if it needs one"
_NO_SUCH = "there is nothing like it, so remove it"

ITEM_FIELDS = {
    **dict.fromkeys(("cwd", "dir", "directory"), Foreign(_CD, can_go=False)),
    **dict.fromkeys(("workdir", "workingdir", "workingdirectory"), Foreign(_CD, can_go=False)),
    **dict.fromkeys(("env", "environment", "envs", "envvars"), Foreign(_EXPORT, can_go=False)),
    **dict.fromkeys(("variables", "vars", "envfile"), Foreign(_EXPORT, can_go=False)),
    **dict.fromkeys(("expose", "port", "ports"), Foreign(PORTS)),
    **dict.fromkeys(("build", "containername", "networks"), Foreign(_COMPOSE)),
    **dict.fromkeys(("volumes", "entrypoint"), Foreign(_COMPOSE, can_go=False)),
    **dict.fromkeys(("openin", "openmode"), Foreign(_OLDER)),
    **dict.fromkeys(("id", "key", "ref", "reference"), Foreign(_REFERENCE)),
    **dict.fromkeys(("autorestart", "restart", "restartpolicy"), Foreign(_RESTART)),
    **dict.fromkeys(("attempts", "retries", "retry"), Foreign(_RESTART)),
    **dict.fromkeys(("group", "icon", "presentation", "problemmatcher"), Foreign(_NO_SUCH)),
    **dict.fromkeys(("color", "singleton", "tags", "labels"), Foreign(_NO_SUCH)),
    "args": Foreign("write the arguments into the command", can_go=False),
    "image": Foreign("write it as `runsOn: {docker: {image: …}}`", can_go=False),
    "shell": Foreign(_SHELL),
}
"""Fields that authors give to a task or a service, folded."""

_DEPENDENCIES = (
    *("after", "dependencies", "dependency", "depends", "dependson", "needs", "requires"),
)
_NAMES = ("displayname", "label", "title")
_READY = (
    *("health", "healthcheck", "livenessprobe", "readiness", "readinesscheck", "readinessprobe"),
    *("readycheck", "readycommand", "readyif", "readyon", "readywhen", "startupprobe"),
)
_SCRIPTS = ("cmd", "exec", "run", "script", "shellcommand")
_TRIGGERED_BY = ("events", "on", "runon", "trigger", "triggeron", "triggers", "when")

SYNONYMS = {
    **dict.fromkeys(_DEPENDENCIES, "dependsOn"),
    **dict.fromkeys(_NAMES, "name"),
    **dict.fromkeys(_READY, "ready"),
    **dict.fromkeys(_SCRIPTS, "command"),
    **dict.fromkeys(_TRIGGERED_BY, "triggeredBy"),
    "desc": "description",
    "timeout": "readinessTimeout",
}
"""Fields of other formats, folded, and their equivalents."""

WORKFLOW_SYNONYMS = {
    **dict.fromkeys(("concurrency", "parallel", "parallelism"), "maxParallel"),
    **dict.fromkeys(
        ("cron", "cronschedule", "crontab", "expression", "schedule"), "cronExpression"
    ),
    **dict.fromkeys(("content", "instruction", "instructions", "message", "text"), "prompt"),
    **dict.fromkeys(("projects", "projectid", "ids"), "projectIds"),
    **dict.fromkeys(("repos", "repositories", "urls"), "repoUrls"),
    **dict.fromkeys(("pr", "onpullrequest", "pullrequests", "webhook"), "pullRequest"),
    **dict.fromkeys(("on", "trigger", "when"), "triggers"),
    "actions": "action",
    "body": "description",
    "branchname": "branch",
    "bool": "boolean",
    "host": "scmHost",
    "limit": "limits",
    "number": "float",
    "query": "repoSearchString",
    "script": "command",
    "timeout": "maxTime",
    "total": "maxTotal",
}
"""Words for fields of AI automations, folded, and these fields."""

WORKFLOW_FIELDS = dict.fromkeys(
    ("id", "workflowid"), Foreign("the platform gives an automation its id, so remove it")
)
"""Top-level fields of the API, folded, that no file of an AI automation has."""

EVENTS = {
    **dict.fromkeys(("push", "pushed", "synchronize", "synchronized"), "UPDATED"),
    **dict.fromkeys(("create", "created"), "OPENED"),
}
"""Events of pull requests elsewhere, and what they are called in AI automations."""

DOUBTFUL = {"after", "label", "timeout"}
"""Synonyms that may mean something else: order without dependency, a tag, a command's timeout."""

_EACH_START = (
    "always",
    "attach",
    "boot",
    "environmentstart",
    "environmentstarted",
    "folderopen",
    "onattach",
    "onboot",
    "onenvironmentstart",
    "onopen",
    "onresume",
    "onstart",
    "onstartup",
    "onworkspaceopen",
    "onworkspacestart",
    "open",
    "postattach",
    "postattachcommand",
    "poststart",
    "poststartcommand",
    "postworkspacestart",
    "resume",
    "start",
    "started",
    "startup",
    "workspace",
    "workspaceopen",
    "workspacestart",
    "workspacestarted",
)
_FIRST_START = (
    "containercreated",
    "containerstart",
    "create",
    "created",
    "devcontainerstart",
    "environmentcreate",
    "environmentcreated",
    "init",
    "oncontainerstart",
    "oncreate",
    "oncreatecommand",
    "ondevcontainerstart",
    "oninit",
    "postcontainerstart",
    "postcreate",
    "postcreatecommand",
    "setup",
    "updatecontentcommand",
    "workspacecreate",
    "workspacecreated",
)
_BY_HAND = (
    *("button", "click", "manually", "ondemand", "onclick", "onmanual", "user"),
    *("workflowdispatch", "none", "never"),
)

TRIGGERS = {
    **dict.fromkeys(_EACH_START, "postEnvironmentStart"),
    **dict.fromkeys(_FIRST_START, "postDevcontainerStart"),
    **dict.fromkeys(_BY_HAND, "manual"),
    **dict.fromkeys(("machinestart", "onmachinestart", "vmstart"), "postMachineStart"),
    **dict.fromkeys(("onprebuild", "prebuilds"), "prebuild"),
    **dict.fromkeys(("onsnapshot", "presnapshot", "snapshot"), "beforeSnapshot"),
}
"""Triggers of other formats, folded, and their equivalents."""

_FILES = "there is no trigger for changed files"
_GIT = "there is no trigger for what happens in the repository"
_TIME = "there is no trigger for a time"

NO_TRIGGERS = {
    **dict.fromkeys(("change", "changes", "filechange", "filechanged", "filechanges"), _FILES),
    **dict.fromkeys(("files", "onchange", "onfilechange", "onsave", "save", "watch"), _FILES),
    **dict.fromkeys(("branch", "commit", "merge", "oncommit", "onmerge", "onpush"), _GIT),
    **dict.fromkeys(("postcommit", "pr", "precommit", "pullrequest", "push", "tag"), _GIT),
    **dict.fromkeys(("cron", "daily", "hourly", "interval", "nightly", "schedule"), _TIME),
    **dict.fromkeys(("scheduled", "time", "timer"), _TIME),
}
"""Triggers of other formats, folded, without an equivalent, and the message for them."""

OTHER_FILES = (
    (("triggers", "action"), "an AI automation, like the files in `.ona/automations/`"),
    (("on", "jobs"), "a workflow of GitHub Actions"),
    (("stages",), "a pipeline of GitLab"),
    (("customizations",), "a `devcontainer.json`"),
    (("features", "image"), "a `devcontainer.json`"),
)
"""Top-level fields that identify a file of another format."""


def other_file(root: Mapping) -> tuple[str, str] | None:
    """A field that shows a file to be of another format, and which; None for other files."""
    for names, what in OTHER_FILES:
        if all(name in root.members for name in names):
            return names[0], what
    return None


STEPS = ("actions", "jobs", "steps", "uses")
"""Fields of entries in workflows; no task and no service has them."""

COLLECTIONS = {
    *("action", "actions", "automation", "automations", "command", "commands", "jobs", "scripts"),
    "steps",
}
"""Names that authors give to the section of tasks, folded."""
