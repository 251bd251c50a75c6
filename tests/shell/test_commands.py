"""What is known of commands: which run until they are stopped, and which end."""

from __future__ import annotations

import pytest

from validator.rules import WORDS
from validator.shell.commands import ends, installs, program, runs_until_stopped
from validator.shell.known_programs import may_end, may_stay
from validator.shell.reader import read
from validator.shell.syntax import Command


def command(text: str) -> Command:
    script = read(text)
    assert script is not None
    return script.commands[0]


PROGRAMS = {
    "a b c": "a b c",
    "A=1 a b": "a b",
    "sudo -E -u postgres psql -l": "psql -l",
    "env -u A B=1 nohup a b": "a b",
    "exec a": "a",
    "time a": "a",
    "npx -y -p b c d": "c d",
    "npx": "",
    "poetry run a b": "a b",
    "poetry install": "poetry install",
    "uv run --with x a b": "a b",
    "bundle exec rails s": "rails s",
    "python3.12 -m http.server 80": "http.server 80",
    "venv/bin/python -u manage.py runserver": "manage.py runserver",
    "python -X dev a.py": "python -X dev a.py",
    "/usr/local/bin/a b": "a b",
    "bin/rails s": "rails s",
    "./mvnw b": "mvnw b",
    "./a b": "./a b",
    "php artisan serve": "artisan serve",
    "$A b": "$A b",
    "A=1": "",
    '"a b" c': "a b c",
}


@pytest.mark.parametrize("text", PROGRAMS)
def test_program(text: str) -> None:
    assert " ".join(word.text for word in program(command(text))) == PROGRAMS[text]


STAY = [
    *(
        "npm start",
        "npm run dev",
        "npm --prefix web run dev -- --host",
        "yarn dev",
        "pnpm -F web dev",
    ),
    *("yarn workspace a dev", "bun run dev", "pipenv run uvicorn a:b", "npx hardhat node"),
    *("uvicorn app:app --reload", "sudo /usr/bin/buildkitd --debug", "vite", "vite --port 1"),
    *("pipenv run dev", "composer run dev", "deno task dev", "turbo run dev"),
    *("npx vite dev", "next dev", "flask --app a run", "python manage.py runserver", "rails s"),
    *("php -S 0.0.0.0:80", "php artisan serve", "./mvnw spring-boot:run", "./gradlew bootRun"),
    *("python3 -m http.server", "kubectl -n a port-forward b 1:2", "redis-server", "dotnet watch"),
    *("tail -f /dev/null", "tail -n 5 -F a", "tail -100f a", "sleep infinity", "journalctl -fu a"),
    *("docker logs -f a", "docker compose logs --follow", "kubectl logs -f a", "docker attach a"),
    *(
        "docker compose up",
        "docker-compose -f a.yaml up db",
        "docker start -a db",
        "postgres -D data",
    ),
    *(
        "docker run -p 80:80 nginx",
        "docker run --rm -p80:80 nginx",
        "sudo podman run --publish 1 a",
    ),
]
END = [
    *("echo a", ": ", "true", "exit 0", "A=1", "sudo service mysql start", "systemctl start a"),
    *("npm ci", "npm --prefix a install", "yarn", "yarn install", "pnpm i", "pip install -r a"),
    *("python -m pip install a", "sudo apt-get install -y a", "terraform init", "kubectl wait a"),
    *("docker compose up -d", "docker run -d a", "docker start db", "docker compose pull"),
    *(
        "docker compose up --wait",
        "uvicorn --help",
        "sleep 5",
        "sleep 1.5m",
        "tail -n 5 a",
        "yarn build",
    ),
    *(
        "npm run build",
        "bundle install",
        "mvn -q clean package",
        "pg_ctl start",
        "source venv/bin/activate",
    ),
    *(". .env", "source ~/.nvm/nvm.sh", "ona environment port open 80", "[ -f a ]", "[[ a ]]"),
    *("gunicorn -D a", "redis-server --daemonize yes", "mongod --fork --dbpath a"),
    *("npx --version", "next --help", "cargo build --release", "python manage.py migrate"),
]
UNKNOWN = [
    *("bash start.sh", "./run.sh", "make dev", "npm run preview", "npm run dev:setup", "node a.js"),
    *("docker run a b", "docker compose run a b", "docker exec a b", "docker compose exec a b"),
    *("python a.py", "cargo run", "$A", "wait", "sleep $A", "sleep 1d", "bash -c 'npm start'"),
    *("docker compose up --abort-on-container-exit", "source setup.sh", "kubectl exec a"),
    *(
        "vite build --watch",
        "yarn build --watch",
        "npm run build -- --watch",
        "timeout 5 a",
        "watch ls",
    ),
    *("./echo", "npm test", "xargs -n1 npm start", "flask db upgrade"),
]


@pytest.mark.parametrize("text", STAY)
def test_a_command_that_runs_until_it_is_stopped(text: str) -> None:
    assert runs_until_stopped(command(text))
    assert not ends(command(text))


@pytest.mark.parametrize("text", END)
def test_a_command_that_ends(text: str) -> None:
    assert ends(command(text))
    assert not runs_until_stopped(command(text))


@pytest.mark.parametrize("text", UNKNOWN)
def test_a_command_that_is_not_known(text: str) -> None:
    assert not ends(command(text))
    assert not runs_until_stopped(command(text))


@pytest.mark.parametrize("text", STAY)
def test_a_script_with_such_a_command_is_read(text: str) -> None:
    assert may_stay(text)
    assert may_stay(f"cd web && ({text})")
    assert any(word in text for word in WORDS["task-never-ends"])


@pytest.mark.parametrize("text", sorted({*END} - {"A=1", "tail -n 5 a"}))
def test_a_script_that_ends_with_such_a_command_is_read(text: str) -> None:
    assert may_end(text)
    assert may_end(f"npm run dev &\ncd web; {text}\n\n# done\n")


@pytest.mark.parametrize(
    "text", ["npm ci", "npm run build", "make", "pip install -r a", "go build"]
)
def test_most_tasks_are_not_read(text: str) -> None:
    assert not may_stay(text)


@pytest.mark.parametrize("text", ["npm start", "cd a && npm run dev", "./run.sh", "uvicorn a:b"])
def test_most_services_are_not_read(text: str) -> None:
    assert not may_end(text)


def test_an_installation() -> None:
    yes = ["npm ci", "sudo apt-get install a", "python -m pip install a", "yarn", "terraform init"]
    no = ["echo a", "docker start a", "service a start", "A=1"]
    assert all(installs(command(each)) for each in yes)
    assert not any(installs(command(each)) for each in no)


@pytest.mark.parametrize(
    "text", ["mvn clean spring-boot:run", "./mvnw compile quarkus:dev", "./gradlew clean bootRun"]
)
def test_the_last_goal_of_several_may_be_a_server(text: str) -> None:
    script = read(text)
    assert script is not None
    assert runs_until_stopped(script.commands[0])
    assert not ends(script.commands[0])


def test_an_unknown_goal_may_be_a_server() -> None:
    script = read("mvn compile exec:java")
    assert script is not None
    assert not ends(script.commands[0])
