"""What the platform itself accepts, asked of the official SDK's wire contract.

A test dependency only (see `[project.optional-dependencies]`), never used at run time.
"""

from __future__ import annotations

from typing import Any

import protovalidate
from gitpod.v1 import environment_automation_pb2 as automation_pb2
from google.protobuf import json_format

MESSAGES = {
    "automations-file": automation_pb2.AutomationsFile,
}


def accepts(kind: str, data: Any) -> bool:
    """Whether the platform's contract takes `data` (plain values) as a document of `kind`."""
    try:
        message = json_format.ParseDict({} if data is None else data, MESSAGES[kind]())
        protovalidate.validate(message)
    except (json_format.ParseError, protovalidate.ValidationError):
        return False
    return True
