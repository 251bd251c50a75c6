"""Which programs run until they are stopped, and which return, by their names and first words."""

from validator.shell.remembered import remembered

PREFIXES = {
    "sudo": "-u -g -p -C -h --user --group",
    "env": "-u -C --unset --chdir",
    "exec": "-a",
    "nice": "-n",
    "stdbuf": "-i -o -e",
    **dict.fromkeys(("command", "nohup", "setsid", "time", "builtin"), ""),
}
"""Commands that run the command after them, and their options that take a value."""

LAUNCHERS = {
    **dict.fromkeys(("npx", "bunx", "pnpx"), ""),
    **dict.fromkeys(("pdm", "pipenv", "poetry", "uv"), "run"),
    "bundle": "exec",
}
"""Commands that run a program of a project, and the word that says so if there is one."""

SERVER_SCRIPTS = frozenset(("dev", "develop", "serve", "start", "start:dev", "storybook", "watch"))
"""Scripts of a project (`npm run NAME`) that are servers in nearly every project."""

ENDING_SCRIPTS = frozenset(("build", "compile", "format", "lint", "migrate", "typecheck"))
"""Scripts of a project that end."""

SERVERS = frozenset(
    (  # noqa: SIM905
        "anvil buildkitd containerd daphne dockerd ganache gunicorn http-server http.server "
        "hypercorn json-server jupyter-lab jupyter-notebook live-server mariadbd mongod mysqld "
        "mysqld_safe nodemon pm2-runtime postgres redis-server start-storybook ts-node-dev "
        "uvicorn valkey-server webpack-dev-server"
    ).split()
)
"""Programs that run until they are stopped."""

SERVER_WORDS = {
    **dict.fromkeys(("apache2ctl", "apachectl"), "FOREGROUND -DFOREGROUND"),
    "artisan": "serve queue:work queue:listen schedule:work horizon reverb:start",
    "astro": "dev preview",
    "caddy": "run",
    "consul": "agent",
    "dotnet": "watch",
    "expo": "start",
    "fastapi": "dev run",
    "flask": "run",
    "gatsby": "develop serve",
    "git": "daemon",
    "gradle": "bootRun quarkusDev",
    "gradlew": "bootRun quarkusDev",
    "hardhat": "node",
    "hugo": "server serve",
    "jekyll": "serve s",
    "jupyter": "lab notebook",
    "kubectl": "port-forward proxy",
    "manage.py": "runserver",
    "minio": "server",
    "mkdocs": "serve",
    "mvn": "spring-boot:run quarkus:dev jetty:run",
    "mvnw": "spring-boot:run quarkus:dev jetty:run",
    "netlify": "dev",
    "next": "dev start",
    "ng": "serve",
    "ngrok": "http tcp",
    "nuxi": "dev",
    "nuxt": "dev start",
    "ollama": "serve",
    "php": "-S",
    "quarkus": "dev",
    "rails": "server s",
    "react-scripts": "start",
    "remix": "dev",
    "storybook": "dev",
    "streamlit": "run",
    "vault": "server",
    "vite": "dev serve",
    "vue-cli-service": "serve",
    "webpack": "serve",
    "wrangler": "dev",
}
"""Programs that do so with one of these words after them."""

FOLLOWING = frozenset(("journalctl", "logs", "tail"))
"""Commands that do so with the option `-f`."""

WATCHING = frozenset(("jest", "mocha", "node", "parcel", "rollup", "sass", "tsc", "vitest"))
"""Commands that do so with the option `--watch`, and `tsc` and `sass` also with `-w`."""

ENDING = frozenset(
    (  # noqa: SIM905
        ": [ [[ alias apache2ctl apachectl apk apt apt-get awk base64 basename break brew "
        "bzip2 cat chgrp chmod chown clear cmp column continue cp createdb createuser curl cut "
        "date declare df diff dirname disown dnf dpkg dropdb du echo exit export expr false find "
        "gem git gpg grep gunzip gzip head hostname id initdb install jq kill killall ln local ls "
        "lsof md5sum mkdir mktemp mv mysqladmin openssl pg_ctl pg_ctlcluster "
        "pg_isready pgrep pip pip3 pkill popd printf ps pushd pwd readlink readonly "
        "realpath return rm rmdir rsync sdk sed seq service set sha256sum shopt sort stat sync "
        "systemctl tail tar tee test touch tr trap true type ulimit umask uname uniq unset unzip "
        "venv virtualenv wc wget which whoami xz yq yum zip"
    ).split()
)
"""Commands that end, whatever their arguments are."""

ENDING_WORDS = {
    "adb": "start-server kill-server devices wait-for-device",
    "asdf": "install plugin reshim set global local",
    "artisan": "migrate key:generate storage:link config:clear cache:clear db:seed",
    "bun": "install add ci i",
    "bundle": "install config",
    "cargo": "build fetch install check",
    "composer": "install update require dump-autoload",
    "conda": "install create env",
    "corepack": "enable disable prepare use install",
    "docker": "build pull start stop restart create rm rmi down kill network volume image images "
    "ps inspect login tag info version system config",
    "dotnet": "restore build publish",
    "gitpod": "env environment",
    "go": "build get install mod generate",
    "gp": "env url ports sync-done",
    "helm": "install upgrade repo dependency uninstall",
    "k3d": "cluster image kubeconfig",
    "kind": "create get export load delete",
    "kubectl": "annotate apply config create delete get label patch rollout scale set taint wait "
    "cluster-info describe",
    "manage.py": "migrate makemigrations collectstatic loaddata check",
    "minikube": "start status addons config delete stop",
    "mise": "install trust use",
    "mvn": "clean install package compile verify test",
    "mvnw": "clean install package compile verify test",
    "npm": "ci i install add rebuild config set",
    "nvm": "install use alias",
    "ona": "env environment",
    "pipenv": "install sync",
    "pipx": "install inject upgrade",
    "pm2": "start restart reload delete save",
    "pnpm": "i install add",
    "poetry": "install lock config",
    "rails": "db:prepare db:migrate db:setup db:create db:seed",
    "terraform": "init plan apply get validate fmt workspace output",
    "uv": "sync pip venv lock add",
    "yarn": "install add",
}
"""Commands that end with one of these words after them."""

INSTALLERS = frozenset(
    (  # noqa: SIM905
        "apk apt apt-get brew bun bundle cargo composer conda dnf dotnet gem go helm mvn mvnw "
        "npm pip pip3 pipenv pipx pnpm poetry terraform uv venv yarn yum"
    ).split()
)
"""Of these, those that install or build something, which is what a task does."""

# Words of which one is in each such command; instead of common ones, the names of the programs.
_COMMON = {"run", "node", "s"}
_STAY = frozenset((*SERVERS, *SERVER_SCRIPTS, *" ".join(SERVER_WORDS.values()).split())) - _COMMON
_STAY |= FOLLOWING | {name for name, words in SERVER_WORDS.items() if _COMMON & {*words.split()}}
_STAY |= {"--watch", "--watchAll", "attach", "inf", "infinity", "vite", "watch"}
_SAID = ("echo ", "#", "printf ")
_ENDLESS = ("while true", "while :", "while ((1", "until false")
_END = (
    (ENDING | {*" ".join(ENDING_WORDS.values()).split()}) - SERVER_SCRIPTS - {"tail", "workspace"}
)
_END |= {"docker", "podman", "done", "fi", "esac", "EOF", "source", ".", "sleep"}
_END |= {"--help", "--version", "--daemon", "--daemonize", "--fork", "-D"}
_END |= {"nginx", "screen", "tmux"}


def may_stay(script: str) -> bool:
    """Whether a script may have a command that runs until it is stopped; quicker than reading."""
    return _may_stay(script)


@remembered
def _may_stay(script: str) -> bool:
    if ("docker" in script or "podman" in script) and (" run " in script or " up" in script):
        return True
    if any(loop in script for loop in _ENDLESS):
        return True
    lines = (line for line in script.splitlines() if not line.lstrip().startswith(_SAID))
    return any(not _STAY.isdisjoint(_rough_words(line)) for line in lines)


def may_end(script: str) -> bool:
    """Whether the last command of a script may be known to end; quicker than reading."""
    lines = (line.strip() for line in reversed(script.splitlines()))
    last = next((line for line in lines if line and line[0] != "#"), "")
    last = last.rpartition("&&")[2].rpartition("; ")[2]
    if _stays_up(last.split()):
        return False
    return last.strip() in ("yarn", "}", ")") or not _END.isdisjoint(_rough_words(last))


def _stays_up(words: list[str]) -> bool:
    """Whether a command is `docker compose up` without any option, after which it would return."""
    compose = words[:2] == ["docker", "compose"] or words[:1] == ["docker-compose"]
    return compose and "up" in words[1:3] and not any(word[0] in "-&|>;" for word in words)


# Without a regular expression: to compile one takes longer than to look at most scripts.
def _rough_words(script: str) -> list[str]:
    """The words of a script without their folders, split at spaces only."""
    return [word.strip("\"'();&|").rpartition("/")[2] for word in script.split()]
