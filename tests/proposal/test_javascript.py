"""`package.json`: package managers, scripts, servers and their ports."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.proposal.repositories import notes, proposed, ready, scripts

DEPENDENCIES = {"dependencies": {"a": "1"}}


def package(**fields: Any) -> dict[str, str | bytes]:
    return {"package.json": json.dumps(fields)}


@pytest.mark.parametrize(
    ("files", "manager", "commands"),
    [
        ([], None, ["npm install", "npm run build", "npm test", "npm run dev"]),
        (["package-lock.json"], None, ["npm ci", "npm run build", "npm test", "npm run dev"]),
        (["npm-shrinkwrap.json"], None, ["npm ci", "npm run build", "npm test", "npm run dev"]),
        (
            ["pnpm-lock.yaml", "package-lock.json"],
            None,
            ["pnpm install --frozen-lockfile", "pnpm build", "pnpm test", "pnpm dev"],
        ),
        ([], "pnpm@9.1.0", ["pnpm install", "pnpm build", "pnpm test", "pnpm dev"]),
        (["package-lock.json"], "pnpm@9", ["pnpm install", "pnpm build", "pnpm test", "pnpm dev"]),
        (
            ["yarn.lock"],
            None,
            ["yarn install --frozen-lockfile", "yarn build", "yarn test", "yarn dev"],
        ),
        (
            ["yarn.lock"],
            "yarn@1.22.22",
            ["yarn install --frozen-lockfile", "yarn build", "yarn test", "yarn dev"],
        ),
        (
            ["yarn.lock"],
            "yarn@4.5.0",
            ["yarn install --immutable", "yarn build", "yarn test", "yarn dev"],
        ),
        (
            ["yarn.lock", ".yarnrc.yml"],
            None,
            ["yarn install --immutable", "yarn build", "yarn test", "yarn dev"],
        ),
        (
            ["bun.lockb"],
            None,
            ["bun install --frozen-lockfile", "bun run build", "bun run test", "bun run dev"],
        ),
        (
            ["package-lock.json"],
            "cargo@1",
            ["npm ci", "npm run build", "npm test", "npm run dev"],
        ),
    ],
)
def test_the_package_manager(
    tmp_path: Path, files: list[str], manager: str | None, commands: list[str]
) -> None:
    own = {"build": "tsc", "test": "mocha", "dev": "vite"}
    content = package(scripts=own, packageManager=manager, **DEPENDENCIES)
    proposal = proposed(tmp_path, {**content, **dict.fromkeys(files, "")})
    assert list(scripts(proposal).values()) == commands
    assert ("so the package manager is npm" in notes(proposal)) == (not files and manager is None)


@pytest.mark.parametrize(
    ("own", "service", "ready_command"),
    [
        ({"dev": "next dev"}, "npm run dev", "http://localhost:3000"),
        ({"dev": "next dev -p 4100"}, "npm run dev", "http://localhost:4100"),
        ({"dev": "vite"}, "npm run dev", "http://localhost:5173"),
        ({"dev": "vite --port=8081 --host"}, "npm run dev", "http://localhost:8081"),
        ({"dev": "PORT=4200 node index.js"}, "npm run dev", "http://localhost:4200"),
        ({"dev": "npm run watch", "watch": "vite"}, "npm run dev", "http://localhost:5173"),
        ({"start": "react-scripts start"}, "npm start", ""),
        ({"start": "next start", "dev": "next dev -p 1234"}, "npm run dev", "localhost:1234"),
        ({"dev": "tsx build.ts", "serve": "vite --port 9000"}, "npm run serve", "localhost:9000"),
        ({"dev": "npm run dev"}, "npm run dev", ""),
        ({"start": "node server.js"}, "npm start", ""),
        ({"develop": "gatsby develop"}, "npm run develop", "http://localhost:8000"),
    ],
)
def test_the_server(tmp_path: Path, own: dict[str, str], service: str, ready_command: str) -> None:
    proposal = proposed(tmp_path, package(scripts=own))
    assert scripts(proposal) == {"dev": service}
    (found,) = ready(proposal).values()
    assert found.endswith(ready_command)
    assert bool(found) == bool(ready_command)


@pytest.mark.parametrize("script", ["docker compose up -d", "tsc && echo done"])
def test_a_script_that_ends_is_a_task(tmp_path: Path, script: str) -> None:
    proposal = proposed(tmp_path, package(scripts={"dev": script}))
    assert scripts(proposal) == {"start": "npm run dev"}
    assert ready(proposal) == {}
    assert "guessed: `dev` ends by itself, so it is a task" in notes(proposal)


def test_a_default_port_is_a_guess_that_is_said_and_a_port_of_the_script_is_none(
    tmp_path: Path,
) -> None:
    default = proposed(tmp_path / "a", package(scripts={"dev": "vite"}))
    said = proposed(tmp_path / "b", package(scripts={"dev": "vite --port 5173"}))
    assert "`ready` of `dev` asks port 5173, the default" in notes(default)
    assert "# The default port" in default.file
    assert "guessed" not in notes(said)
    assert "#" not in said.file


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"scripts": {}},
        {"scripts": {"test": 'echo "Error: no test specified" && exit 1'}},
        {"scripts": {"build": "  ", "dev": 1, "test": None}},
        {"scripts": ["build"], "dependencies": {}},
        {"scripts": {"lint": "eslint ."}},
    ],
)
def test_there_may_be_nothing_to_propose(tmp_path: Path, fields: dict[str, Any]) -> None:
    assert proposed(tmp_path, package(**fields)) == ("", ())


@pytest.mark.parametrize(
    "script",
    [
        "tsc --watch",
        "npx tsc -w -p 3000",
        "jest --watch",
        "webpack --mode development --watch",
        "vite build --watch",
        "vitest",
        "rollup -c -w",
        "tailwindcss -i in.css -o out.css --watch",
        "sass --watch in:out",
        "cargo watch -x test",
        "rm -rf dist && tsc --watch",
    ],
)
def test_what_only_watches_files_has_no_port(script: str, tmp_path: Path) -> None:
    found = proposed(tmp_path, package(scripts={"dev": script}))
    assert ready(found) == {"dev": ""}
    assert "port" not in notes(found)


@pytest.mark.parametrize(
    "script",
    [
        "webpack serve --watch",
        "esbuild in.js --watch --serve=8000",
        "tsc --watch & node server.js",
        "cargo watch -x run",
        "nodemon server.js",
        "vite",
    ],
)
def test_what_also_serves_has_one(script: str, tmp_path: Path) -> None:
    found = proposed(tmp_path, package(scripts={"dev": script}))
    assert "localhost:" in ready(found)["dev"] + notes(found)
