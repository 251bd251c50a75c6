"""Infer a service's `ready` command from a port, or from a health check of another format."""

from __future__ import annotations

import re

from validator.editing.script_edits import one_command
from validator.parsing.nodes import Mapping, Node, Scalar, Sequence

# Fields for the port in other formats: the probes of Kubernetes, and formats modeled on them.
_HTTP = ("http", "httpGet", "http_get")
_TCP = ("tcp", "tcpSocket", "tcp_socket")
# Fields for a command: in Compose, and in those probes.
_COMMANDS = ("test", "exec", "command", "cmd")
_GREATEST_PORT = 65_535
_URL = r"https?://[\w.~-]+(?::\d{1,5})?(?:/[\w./~%-]*)?"
_PATH = r"/?[\w./~%-]*"


def ready_command(value: Node) -> str | None:
    """The command that checks the port or the address in a value; None if it has none."""
    if isinstance(value, Scalar):
        return _http(value, "")
    if not isinstance(value, Mapping):
        return None
    for name in _COMMANDS:
        inner = value.get(name)
        if isinstance(inner, Mapping):
            inner = inner.get("command")
        command = None if inner is None else _command(inner)
        if command is not None:
            return command
    for name in _TCP:
        inner = value.get(name)
        port = inner.get("port") if isinstance(inner, Mapping) else inner
        if port is not None:
            return _tcp(port)
    for name in _HTTP:
        inner = value.get(name)
        if inner is not None:
            return _asked(inner) if isinstance(inner, Mapping) else _http(inner, "")
    return _asked(value)


def _command(value: Node) -> str | None:
    """The command in a string or a list of words, which may begin with the program to run it."""
    if isinstance(value, Scalar):
        text = value.text.strip()
        return text if value.kind == "string" and text.isprintable() and text else None
    if not isinstance(value, Sequence):
        return None
    words = [item.text for item in value.items if isinstance(item, Scalar)]
    if len(words) < len(value.items):
        return None
    if words[:1] == ["CMD-SHELL"]:
        words = ["sh", "-c", *words[1:]]
    return one_command(words[1:] if words[:1] == ["CMD"] else words)


def _asked(check: Mapping) -> str | None:
    """The command for a mapping with an address, or with a port and an optional path."""
    url, port, path = check.get("url"), check.get("port"), check.get("path")
    if url is not None:
        return _http(url, "") if url.kind == "string" else None
    where = path.text if isinstance(path, Scalar) and path.kind == "string" else ""
    return None if port is None else _http(port, where)


def _tcp(port: Node) -> str | None:
    number = _number(port)
    return number and f"nc -z localhost {number}"


def _http(port: Node, path: str) -> str | None:
    """The command for a port, or for a URL in its place."""
    if isinstance(port, Scalar) and port.kind == "string" and re.fullmatch(_URL, port.text):
        return f"curl -sf {port.text}"
    number = _number(port)
    if number is None or not re.fullmatch(_PATH, path):
        return None
    slash = "" if path.startswith("/") or not path else "/"
    return f"curl -sf http://localhost:{number}{slash}{path}"


def _number(port: Node) -> str | None:
    """The digits of a port."""
    text = port.text if isinstance(port, Scalar) else ""
    is_port = re.fullmatch(r"[1-9]\d{0,4}", text, re.ASCII) and int(text) <= _GREATEST_PORT
    return text if is_port else None
