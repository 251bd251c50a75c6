"""What a service's `ready` was meant to be, where it is a port or another format's check."""

from __future__ import annotations

import re

from validator.nodes import Mapping, Node, Scalar

# Where other formats have the port: Kubernetes' probes, and what is made after them.
_INSIDE = ("http", "httpGet", "http_get", "tcp", "tcpSocket", "tcp_socket")
_PORTS = ("port", "tcp", "http", "tcpPort", "httpPort")
_GREATEST_PORT = 65_535
_URL = re.compile(r"https?://[\w.~-]+(?::\d{1,5})?(?:/[\w./~%-]*)?")
_PATH = re.compile(r"/?[\w./~%-]*")


def ready_command(value: Node) -> str | None:
    """The command that asks the port or the address that a value names; None where it is none."""
    if isinstance(value, Scalar):
        address = _address(value, "")
    elif isinstance(value, Mapping):
        address = _address_in(value)
    else:
        return None
    return None if address is None else f"curl -sf {address}"


def _address_in(check: Mapping) -> str | None:
    for name in _INSIDE:
        inner = check.get(name)
        if isinstance(inner, Mapping):
            return _address_in(inner)
    url = check.get("url")
    if isinstance(url, Scalar):
        return url.text if _URL.fullmatch(url.text) else None
    path = check.get("path")
    where = path.text if isinstance(path, Scalar) and path.kind == "string" else ""
    for name in _PORTS:
        port = check.get(name)
        if isinstance(port, Scalar):
            return _address(port, where)
    return None


def _address(port: Scalar, path: str) -> str | None:
    """The address of a port, or the one that stands in its place."""
    if port.kind == "string" and _URL.fullmatch(port.text):
        return port.text
    digits = port.text
    if not re.fullmatch(r"[1-9]\d{0,4}", digits, re.ASCII) or int(digits) > _GREATEST_PORT:
        return None
    if not _PATH.fullmatch(path):
        return None
    return f"http://localhost:{digits}{path if path.startswith('/') or not path else '/' + path}"
