"""`compose.yaml`: which containers run, and when they are ready."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.proposal.repositories import notes, proposed, ready, scripts

HEALTHY = "docker compose ps --format '{{.Health}}' a | grep -qx healthy"


def listens(port: int) -> str:
    return f"curl -s -o /dev/null http://localhost:{port}"


@pytest.mark.parametrize(
    ("service", "command"),
    [
        ("{healthcheck: {test: [CMD, true]}, ports: ['80:80']}", HEALTHY),
        ("{healthcheck: {test: 'curl -f localhost'}}", HEALTHY),
        ("{healthcheck: {test: x, disable: true}, ports: ['8080:80']}", listens(8080)),
        ("{healthcheck: {disable: true}}", ""),
        ("{ports: [8080:80]}", listens(8080)),
        # A number in base 60 for YAML 1.1.
        ("{ports: [1234:22]}", listens(1234)),
        ("{ports: ['127.0.0.1:8081:80/tcp']}", listens(8081)),
        ("{ports: ['80', '53:53/udp', '9000:90']}", listens(9000)),
        ("{ports: [{published: 8082, target: 80}]}", listens(8082)),
        ("{ports: [{target: 80}, '${PORT}:80']}", ""),
        ("{ports: ['5432:5432']}", "bash -c '</dev/tcp/localhost/5432' 2>/dev/null"),
        ("{image: x}", ""),
        ("{healthcheck: a, ports: {}}", ""),
    ],
)
def test_ready(tmp_path: Path, service: str, command: str) -> None:
    proposal = proposed(tmp_path, {"compose.yaml": f"services: {{a: {service}}}\n"})
    assert scripts(proposal) == {"containers": "docker compose up"}
    assert ready(proposal) == {"containers": command}
    assert ("so `containers` has no `ready`" in notes(proposal)) == (not command)


@pytest.mark.parametrize(
    "name", ["compose.yaml", "compose.yml", "docker-compose.yaml", "docker-compose.yml"]
)
def test_the_names_that_docker_looks_for(tmp_path: Path, name: str) -> None:
    proposal = proposed(tmp_path, {name: "services: {b: {}}"})
    assert "name: Containers (b)" in proposal.file


def test_other_names_are_not_read(tmp_path: Path) -> None:
    assert not proposed(tmp_path, {"docker-compose.prod.yml": "services: {b: {}}"}).ok


@pytest.mark.parametrize(
    "text",
    ["services:\n", "services: []", "x: 1", "services: {a: x}", "services: {a: {profiles: [b]}}"],
)
def test_nothing_to_run(tmp_path: Path, text: str) -> None:
    assert not proposed(tmp_path, {"compose.yaml": text}).ok


def test_tags_of_compose_and_merge_keys_are_read(tmp_path: Path) -> None:
    text = (
        "x-a: &a {ports: ['7000:7000']}\n"
        "services:\n  a: {<<: *a, volumes: !reset []}\n  b: {<<: *a, ports: ['7001:1']}\n  c: {}\n"
    )
    proposal = proposed(tmp_path, {"compose.yaml": text})
    assert ready(proposal)["containers"] == f"{listens(7000)} &&\n{listens(7001)}\n"
    assert "guessed: `ready` does not ask for `c`: no `healthcheck`, no port" in notes(proposal)


def test_the_project_itself_does_not_run_twice(tmp_path: Path) -> None:
    package = '{"scripts": {"dev": "vite"}}'
    text = "services: {app: {build: .}, db: {image: x}}"
    proposal = proposed(tmp_path, {"compose.yaml": text, "package.json": package})
    assert scripts(proposal) == {"dev": "npm run dev", "containers": "docker compose up db"}
    assert "compose.yaml: left out: `app`, because `npm run dev`" in notes(proposal)
    alone = proposed(tmp_path / "b", {"compose.yaml": text})
    assert scripts(alone) == {"containers": "docker compose up"}


@pytest.mark.parametrize("value", ['"../compose.yaml"', '["x.yml", "../compose.yaml"]'])
def test_the_dev_container_may_run_it_already(tmp_path: Path, value: str) -> None:
    text = f'// Ours.\n{{"dockerComposeFile": {value},}}'
    proposal = proposed(
        tmp_path,
        {"compose.yaml": "services: {a: {}}", ".devcontainer/devcontainer.json": text},
    )
    assert not proposal.ok
    assert "compose.yaml: left out: the dev container runs it already" in notes(proposal)
