"""What each field of an older file becomes."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
import yaml

from validator import Config, Severity
from validator.migration.migration import Migration, migrate_text

INSTALLS = ["prebuild", "postDevcontainerStart"]
STARTS = ["postEnvironmentStart"]
CYCLE = """\
- {name: A, init: gp sync-await y; t; gp sync-done x}
- {name: B, init: gp sync-await x; t; gp sync-done y}
"""


def items_of(migration: Migration) -> dict[str, Any]:
    """The tasks and services by reference."""
    data = yaml.safe_load(migration.file) or {}
    return {**(data.get("tasks") or {}), **(data.get("services") or {})}


def devcontainer_of(migration: Migration) -> Any:
    return json.loads(re.sub(r"(?m)^ *//.*$", "", migration.devcontainer) or "{}")


def found(migration: Migration) -> list[tuple[str, str]]:
    """The rule of each finding, and what it points at, to the end of the line."""
    text = migration.report.text.value
    return [
        (each.rule, text[each.place.start.offset : each.place.end.offset].split("\n")[0])
        for each in migration.findings
        if each.place is not None
    ]


def migrated(text: str) -> Migration:
    migration = migrate_text(text)
    assert migration.ok
    return migration


@pytest.mark.parametrize(
    ("task", "expected"),
    [
        (
            "- init: make",
            {"make": {"name": "make", "command": "make", "triggeredBy": INSTALLS}},
        ),
        (
            "- command: make",
            {"make": {"name": "make", "command": "make", "triggeredBy": STARTS}},
        ),
        (
            "- before: make",
            {"make": {"name": "make", "command": "make", "triggeredBy": STARTS}},
        ),
        (
            "- prebuild: make",
            {"make": {"name": "make", "command": "make", "triggeredBy": ["prebuild"]}},
        ),
        (
            "- {name: The build, init: make, command: ./start}",
            {
                "the-build-init": {
                    "name": "The build (init)",
                    "command": "make",
                    "triggeredBy": INSTALLS,
                },
                "the-build": {
                    "name": "The build",
                    "command": "./start",
                    "dependsOn": ["the-build-init"],
                    "triggeredBy": STARTS,
                },
            },
        ),
        (
            "- {name: A, before: cd a, init: make, prebuild: test, command: npm run dev}",
            {
                "a-init": {"name": "A (init)", "command": "cd a\nmake\n", "triggeredBy": INSTALLS},
                "a-prebuild": {
                    "name": "A (prebuild)",
                    "command": "cd a\ntest\n",
                    "dependsOn": ["a-init"],
                    "triggeredBy": ["prebuild"],
                },
                "a": {
                    "name": "A",
                    "commands": {"start": "cd a\nnpm run dev\n"},
                    "triggeredBy": STARTS,
                },
            },
        ),
        (
            '- {env: {A: 1, B: x y, C: null, D: "it\'s"}, command: make}',
            {
                "make": {
                    "name": "make",
                    "command": "export A=1\nexport B='x y'\nexport C=''\n"
                    "export D='it'\"'\"'s'\nmake\n",
                    "triggeredBy": STARTS,
                }
            },
        ),
        (
            "- {name: Hello, init: make, command: echo ready}",
            {
                "hello": {"name": "Hello", "command": "make", "triggeredBy": INSTALLS},
                "hello-message": {
                    "name": "Hello (message)",
                    "command": "echo ready",
                    "triggeredBy": STARTS,
                },
            },
        ),
        (
            "- init: npm start",
            {
                "npm-start": {
                    "name": "npm start",
                    "commands": {"start": "npm start"},
                    "triggeredBy": STARTS,
                }
            },
        ),
        ("- {name: '', init: '', command: ~}", {}),
    ],
)
def test_the_scripts_of_a_task(task: str, expected: dict[str, Any]) -> None:
    assert items_of(migrated(f"tasks:\n{task}\n")) == expected


@pytest.mark.parametrize(
    ("field", "fragment"),
    [
        ("openMode: tab-after", "# not migrated: openMode: tab-after"),
        ("openIn: bottom", "# not migrated: openIn: bottom"),
        ("comand: x", "# not migrated: comand: x"),
        ("init: [a, b]", "# not migrated: init: [a, b]"),
        ("env: [A=1]", "# not migrated: env: [A=1]"),
        ("env: {a-b: c}", "# not migrated: a-b: c"),
        ("env: {A: [1]}", "# not migrated: A: [1]"),
        ("name: {a: b}", "# not migrated: name: {a: b}"),
    ],
)
def test_a_field_of_a_task_that_is_not_migrated(field: str, fragment: str) -> None:
    migration = migrated(f"tasks:\n- command: make\n  {field}\n")
    assert fragment in migration.file
    assert [rule for rule, _ in found(migration)] == ["not-migrated"]


@pytest.mark.parametrize(
    ("ports", "expected"),
    [
        ("- port: 3000", {"forwardPorts": [3000]}),
        (
            "- {port: 3000, onOpen: open-browser}",
            {
                "forwardPorts": [3000],
                "portsAttributes": {"3000": {"onAutoForward": "openBrowser"}},
            },
        ),
        *(
            (
                f"- {{port: 3000, onOpen: {older}}}",
                {"forwardPorts": [3000], "portsAttributes": {"3000": {"onAutoForward": newer}}},
            )
            for older, newer in (
                ("open-preview", "openPreview"),
                ("notify", "notify"),
                ("ignore", "silent"),
            )
        ),
        (
            "- {port: 3000, onOpen: ignore-completely}",
            {"portsAttributes": {"3000": {"onAutoForward": "ignore"}}},
        ),
        (
            "- {port: 3000, name: Web, protocol: https, visibility: private}",
            {
                "forwardPorts": [3000],
                "portsAttributes": {"3000": {"label": "Web", "protocol": "https"}},
            },
        ),
        (
            "- {port: 3000, description: The site}",
            {"forwardPorts": [3000], "portsAttributes": {"3000": {"label": "The site"}}},
        ),
        ("- port: 3000-3010", {"portsAttributes": {"3000-3010": {"onAutoForward": "notify"}}}),
    ],
)
def test_ports(ports: str, expected: dict[str, Any]) -> None:
    migration = migrated(f"image: x\nports:\n{ports}\n")
    assert devcontainer_of(migration) == {"image": "x", **expected}
    assert found(migration) == []


@pytest.mark.parametrize(
    ("port", "command"),
    [
        ("{port: 3000, visibility: public}", "ona environment port open 3000 --admission everyone"),
        (
            "{port: 3000, visibility: public, name: The site}",
            "ona environment port open 3000 --name 'The site' --admission everyone",
        ),
    ],
)
def test_a_public_port_is_opened_by_a_task(port: str, command: str) -> None:
    (item,) = items_of(migrated(f"ports: [{port}]\n")).values()
    assert item == {"name": "Open ports", "command": command, "triggeredBy": STARTS}


@pytest.mark.parametrize("port", ["80", "3000-3001"])
def test_a_public_port_that_cannot_be_opened(port: str) -> None:
    migration = migrated(f"image: x\nports:\n- port: {port}\n  visibility: public\n")
    assert migration.file == f"# not migrated: visibility: public (port {port})\n"
    assert found(migration) == [("not-migrated", "visibility")]


@pytest.mark.parametrize(
    "entry", ["3000", "{name: x}", "{port: 0}", "{port: 70000}", "{port: 9-1}", "{port: a}"]
)
def test_an_entry_of_ports_that_is_none(entry: str) -> None:
    migration = migrated(f"image: x\nports:\n- {entry}\n")
    assert migration.file == f"# not migrated: - {entry}\n"
    assert found(migration) == [("not-migrated", entry)]


@pytest.mark.parametrize(
    ("script", "port"),
    [
        ("npm run dev -- --port 4000", 4000),
        ("npm run dev -- --port=4000", 4000),
        ("PORT=4000 npm run dev", 4000),
        ("export PORT=4000\nnpm run dev", 4000),
        ("php -S 0.0.0.0:4000", 4000),
        ("python3 -m http.server 4000", 4000),
        ("docker run -p 4000:80 nginx", 4000),
        ("hugo server", 1313),
        ("npm run dev", None),
    ],
)
def test_the_port_of_a_service(script: str, port: int | None) -> None:
    (item,) = items_of(
        migrated(f"tasks:\n- command: |\n    {script}\n".replace("\nnpm", "\n    npm"))
    ).values()
    ready = f"curl -s -o /dev/null http://localhost:{port}" if port else None
    assert item["commands"].get("ready") == ready


@pytest.mark.parametrize(
    ("ports", "expected"),
    [
        ("[{port: 5000}]", "curl -s -o /dev/null http://localhost:5000"),
        ("[{port: 5000, protocol: https}]", "curl -sk -o /dev/null https://localhost:5000"),
        (
            "[{port: 5000}, {port: 5432}, {port: 9, onOpen: ignore}]",
            "curl -s -o /dev/null http://localhost:5000",
        ),
        ("[{port: 5000}, {port: 6000}]", None),
        ("[{port: 5000-6000}]", None),
    ],
)
def test_the_port_of_a_service_among_those_that_are_named(ports: str, expected: str | None) -> None:
    migration = migrated(f"image: x\ntasks:\n- command: npm start\nports: {ports}\n")
    assert items_of(migration)["npm-start"]["commands"].get("ready") == expected
    assert found(migration) == [("migration-guess", "command")]


def test_a_database_is_asked_without_http() -> None:
    (item,) = items_of(migrated("tasks:\n- command: mongod\n")).values()
    assert item["commands"]["ready"] == "bash -c '</dev/tcp/localhost/27017' 2>/dev/null"


@pytest.mark.parametrize(
    ("image", "expected"),
    [
        ("image: node:22", {"image": "node:22"}),
        (
            "image: {file: .gitpod.Dockerfile}",
            {"build": {"dockerfile": "../.gitpod.Dockerfile", "context": ".."}},
        ),
        (
            "image: {file: a/b/Dockerfile}",
            {"build": {"dockerfile": "../a/b/Dockerfile", "context": "../a/b"}},
        ),
        (
            "image: {file: a/Dockerfile, context: .}",
            {"build": {"dockerfile": "../a/Dockerfile", "context": ".."}},
        ),
        ("image: [a]", {}),
        ("image: {context: a}", {}),
    ],
)
def test_the_image(image: str, expected: dict[str, Any]) -> None:
    migration = migrated(image)
    assert devcontainer_of(migration) == expected
    assert (f"# not migrated: {image}" in migration.file) == (not expected)


@pytest.mark.parametrize(
    ("path", "dockerfile"),
    [
        (".devcontainer.json", "Dockerfile"),
        (".devcontainer/devcontainer.json", "../Dockerfile"),
        (".devcontainer/web/devcontainer.json", "../../Dockerfile"),
    ],
)
def test_paths_are_relative_to_the_devcontainer_file(path: str, dockerfile: str) -> None:
    migration = migrate_text("image: {file: Dockerfile}\n", devcontainer=path)
    assert devcontainer_of(migration)["build"]["dockerfile"] == dockerfile


def test_the_default_image_is_named_in_a_new_file_alone() -> None:
    text = "vscode: {extensions: [a.b]}\n"
    customizations = {"vscode": {"extensions": ["a.b"]}}
    assert devcontainer_of(migrate_text(text)) == {
        "image": "gitpod/workspace-full",
        "customizations": customizations,
    }
    existing = migrate_text(text, new_devcontainer=False)
    assert devcontainer_of(existing) == {"customizations": customizations}
    assert existing.findings == ()


@pytest.mark.parametrize(
    ("field", "expected", "fragment"),
    [
        ("vscode: {extensions: [a.b@1.2]}", {"vscode": {"extensions": ["a.b@1.2"]}}, ""),
        ("vscode: {extensions: ['a.b@1.2:x==']}", {"vscode": {"extensions": ["a.b@1.2"]}}, ""),
        (
            "vscode: {extensions: [https://x/a.vsix]}",
            {"vscode": {"extensions": []}},
            "// not migrated: https://x/a.vsix",
        ),
        ("vscode: {extensions: [a.b], x: 1}", {"vscode": {"extensions": ["a.b"]}}, "x: 1"),
        ("jetbrains: {plugins: [a]}", {"jetbrains": {"plugins": ["a"]}}, ""),
        (
            "jetbrains: {intellij: {plugins: [a], prebuilds: {version: stable}}}",
            {"jetbrains": {"backend": "IntelliJ", "plugins": ["a"]}},
            "// not migrated: prebuilds: {version: stable}",
        ),
        (
            "jetbrains: {goland: {vmoptions: -Xmx4g}, pycharm: {plugins: [a]}}",
            {"jetbrains": {"plugins": ["a"]}},
            "// not migrated: vmoptions: -Xmx4g",
        ),
    ],
)
def test_editors(field: str, expected: dict[str, Any], fragment: str) -> None:
    migration = migrated(f"image: x\n{field}\n")
    assert devcontainer_of(migration) == {"image": "x", "customizations": expected}
    assert fragment in migration.devcontainer


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ("workspaceLocation: a/b\ncheckoutLocation: a", "b"),
        ("workspaceLocation: a\ncheckoutLocation: a", None),
        ("workspaceLocation: a/x.code-workspace\ncheckoutLocation: a", None),
        ("workspaceLocation: b\ncheckoutLocation: a", None),
    ],
)
def test_the_folder_that_the_editor_opens(fields: str, expected: str | None) -> None:
    migration = migrated(f"image: x\n{fields}\n")
    folder = f"/workspaces/${{localWorkspaceFolderBasename}}/{expected}" if expected else None
    assert devcontainer_of(migration).get("workspaceFolder") == folder
    assert ("# not migrated: workspaceLocation" in migration.file) == (expected is None)


@pytest.mark.parametrize(
    ("field", "name", "command"),
    [
        (
            "gitConfig: {core.autocrlf: input, alias.s: status -s}",
            "Configure Git",
            "git config --global core.autocrlf input\ngit config --global alias.s 'status -s'\n",
        ),
        (
            "additionalRepositories: [{url: https://github.com/a/b.git}]",
            "Clone repositories",
            "[ -d ../b ] || git clone https://github.com/a/b.git ../b\n",
        ),
        (
            "additionalRepositories: [{url: https://x.org/a/b/tree/next, checkoutLocation: c}]",
            "Clone repositories",
            "[ -d ../c ] || git clone --branch next https://x.org/a/b ../c\n",
        ),
        ("env: {A: b}\ntasks: [{init: make}]", "make", "export A=b\nmake\n"),
    ],
)
def test_fields_that_become_tasks(field: str, name: str, command: str) -> None:
    (item,) = items_of(migrated(f"{field}\n")).values()
    assert item == {"name": name, "command": command, "triggeredBy": INSTALLS}


@pytest.mark.parametrize(
    "field",
    [
        "github: {prebuilds: {master: true}}",
        "checkoutLocation: a",
        "coreDump: {enabled: true}",
        "experimentalNetwork: true",
        "mainConfiguration: https://github.com/a/b",
        "env: {A: b}",
        "gitConfig: {}",
        "additionalRepositories: [{checkoutLocation: a}]",
        "tasks: 3",
        "ports: 3",
        "gitpod: {timeout: 3}",
    ],
)
def test_fields_that_are_not_migrated(field: str) -> None:
    migration = migrated(field)
    assert migration.file == f"# not migrated: {field}\n"
    assert migration.devcontainer == ""
    assert found(migration) == [("not-migrated", field.partition(":")[0])]


@pytest.mark.parametrize(
    ("tasks", "expected"),
    [
        (
            "- {name: A, init: gp sync-done x}\n- {name: B, init: make}",
            {"b": None},
        ),
        (
            '- {name: A, init: "make; gp sync-done x"}\n- {name: B, command: "gp sync-await x; t"}',
            {"a": None, "b": ["a"]},
        ),
        (CYCLE, {"a": ["b"], "b": None}),
        (
            '- {name: A, command: redis-server}\n- {name: B, command: "gp await-port 6379; t"}',
            {"a": None, "b": ["a"]},
        ),
        (
            '- {name: A, command: docker compose up}\n- {name: B, init: "gp await-port 5432; t"}',
            {"a": None, "b": ["a"]},
        ),
        (
            '- {name: A, command: npm start}\n- {name: B, command: "gp await-port 3000; t"}',
            {"a": None, "b": ["a"]},
        ),
        (
            '- {name: A, command: npm start}\n- {name: B, command: "gp await-port 5432; t"}',
            {"a": None, "b": None},
        ),
        (
            "- {name: A, init: make, command: gp sync-await x}\n- {name: B, init: gp sync-done x}",
            {"a": None},
        ),
    ],
)
def test_signals_become_dependencies(tasks: str, expected: dict[str, list[str] | None]) -> None:
    found = items_of(migrated(f"tasks:\n{tasks}\n"))
    assert {name: item.get("dependsOn") for name, item in found.items()} == expected


@pytest.mark.parametrize(
    ("script", "place"),
    [
        ("cd /workspace/a && make", "/workspace"),
        ("cd $THEIA_WORKSPACE_ROOT", "$THEIA_WORKSPACE_ROOT"),
        ('cd "${GITPOD_REPO_ROOT}/a"', "${GITPOD_REPO_ROOT}"),
        ("make URL=$GITPOD_WORKSPACE_URL", "$GITPOD_WORKSPACE_URL"),
        ("make URL=$(gp url 3000)", "gp url 3000"),
    ],
)
def test_what_does_not_exist_any_more_is_found_in_scripts(script: str, place: str) -> None:
    migration = migrated(f"tasks:\n- command: |\n    {script}\n")
    assert found(migration) == [("not-migrated", place)]


@pytest.mark.parametrize("script", ["cd /workspaces/a", "ls x/workspace", "make a-workspace"])
def test_what_only_looks_like_it_is_no_finding(script: str) -> None:
    assert found(migrated(f"tasks:\n- command: |\n    {script}\n")) == []


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (["Dev server", "dev-server"], ["dev-server", "dev-server-2"]),
        (["Ünïcode: Straße"], ["unicode-strae"]),
        (["on", "1", "YES"], ["task-on", "task-1", "task-yes"]),
        (["日本"], ["make"]),
        (["word " * 40], ["word-" * 11 + "word"]),
        (["x" * 200], ["x" * 60]),
    ],
)
def test_references(names: list[str], expected: list[str]) -> None:
    text = yaml.dump({"tasks": [{"name": name, "command": "make"} for name in names]})
    assert list(items_of(migrated(text))) == expected


@pytest.mark.parametrize(
    ("script", "expected"),
    [
        ("npm ci", "npm ci"),
        ("cd a && npm install", "npm install"),
        ("echo a\nsudo apt-get update", "apt-get update"),
        ("npm ci\nnpm run dev", "npm run dev"),
        ("bundle exec jekyll serve --x", "jekyll serve"),
        ("docker compose up -d", "docker compose up"),
        ("python main.py", "python main.py"),
        ("./scripts/setup.sh --all", "setup.sh"),
        ("java -jar build/a.jar", "a"),
        ("echo hello", "Show a message"),
        ("wget https://x", "Download"),
        ("yarn", "yarn install"),
        ("cd a", "Task 1"),
        ("'unclosed", "Task 1"),
    ],
)
def test_a_task_without_a_name_is_named_by_what_it_runs(script: str, expected: str) -> None:
    text = yaml.dump({"tasks": [{"init": script}]})
    (item,) = items_of(migrated(text)).values()
    assert item["name"] == expected


@pytest.mark.parametrize(
    ("text", "rule", "message"),
    [
        ("", "not-an-older-file", "the file is empty: nothing to migrate"),
        ("# only a comment\n", "not-an-older-file", "the file is empty: nothing to migrate"),
        ("{}\n", "not-an-older-file", "the file is empty: nothing to migrate"),
        (
            "- init: make\n",
            "not-an-older-file",
            "a `.gitpod.yml` is a mapping with fields such as `tasks`",
        ),
        (
            "tasks:\n  a: {name: A, command: make}\n",
            "not-an-older-file",
            "`tasks` is that of an automations file: there is nothing to migrate",
        ),
        (
            "services:\n",
            "not-an-older-file",
            "`services` is that of an automations file: there is nothing to migrate",
        ),
        (
            "name: A\ntriggers:\n- manual: {}\naction:\n  steps: []\n",
            "not-an-older-file",
            (
                "this is an AI automation, like the files in `.ona/automations/`: "
                "there is nothing to migrate"
            ),
        ),
        (
            '{"customizations": {}, "name": "x"}\n',
            "not-an-older-file",
            "this is a `devcontainer.json`: there is nothing to migrate",
        ),
        ("tasks: [\n", "yaml-syntax", "this `[` is not closed; add `]`"),
        (
            "image: a\nimage: b\n",
            "duplicate-key",
            "the key `image` is repeated; put all of it under one",
        ),
        (b"tasks: \xff\n", "encoding", "invalid UTF-8: byte 0xff; save the file as UTF-8"),
        ("tasks: \0\n", "encoding", "the character U+0000 is not allowed in YAML; remove it"),
    ],
)
def test_what_cannot_be_migrated(text: str | bytes, rule: str, message: str) -> None:
    migration = migrate_text(text)
    assert (migration.file, migration.devcontainer, migration.ok) == ("", "", False)
    assert [(each.rule, each.severity) for each in migration.findings] == [(rule, Severity.ERROR)]
    assert migration.findings[0].message == message


def test_a_file_that_is_too_large_is_not_migrated() -> None:
    config = Config(limits=Config().limits._replace(max_bytes=20))
    for text in (b"tasks: [{init: make}]\n", "tasks: [{init: make}]\n"):
        migration = migrate_text(text, config=config)
        assert not migration.ok
        assert [each.rule for each in migration.findings] == ["too-large"]


def test_findings_follow_the_configuration() -> None:
    text = "image: gitpod/workspace-full\ncoreDump: {}\n"
    config = Config(
        ignore=frozenset({"migration-guess"}), severity={"not-migrated": Severity.ERROR}
    )
    migration = migrate_text(text, path=".gitpod.yml", config=config)
    assert [(each.rule, each.severity) for each in migration.findings] == [
        ("not-migrated", Severity.ERROR)
    ]
    assert migration.ok
    assert migration.report.path == ".gitpod.yml"


def test_anchors_aliases_and_merge_keys_are_resolved() -> None:
    text = (
        "x: &base\n  env: {A: '1'}\n  init: make\n"
        "tasks:\n- <<: *base\n  name: One\n- <<: *base\n  name: Two\n"
    )
    found = items_of(migrated(text))
    assert [item["command"] for item in found.values()] == ["export A=1\nmake\n"] * 2
    assert list(found) == ["one", "two"]
