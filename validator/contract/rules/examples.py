"""Valid documents, on which the examples of rules are based."""

GOOD = """\
services:
  db:
    name: Database
    commands:
      start: postgres -D data
      ready: pg_isready
    triggeredBy: [postEnvironmentStart]
    role: default
    readinessTimeout: 60s
"""

TASK = """\
id: 3f1c2a9e-5b7d-4c1a-9e0f-2d6b8a4c7e11
metadata:
  reference: install
  name: Install
  createdAt: 2025-03-01T09:30:00Z
spec:
  command: npm ci
"""

CLASS = """\
id: 3f1c2a9e-5b7d-4c1a-9e0f-2d6b8a4c7e11
runnerId: 8d0e6b52-1f3a-4b7c-8a9d-0c5e7f2b4d63
displayName: Large
"""
