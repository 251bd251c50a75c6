"""The template of `init --bare`: each field of an automations file once."""

TEMPLATE = """\
# What runs in a development environment: tasks end, services run until they are stopped.
# Replace the examples, and remove what you don't need; only `name` and a command are required.

tasks:
  # The reference of a task: letters, digits, `-` and `_`. No other item of the file may have it.
  install:
    name: Install dependencies
    description: What the task is for.
    # A shell script, run in the folder of the repository, up to its first command that fails.
    command: |
      echo "Install what the project needs"
    # When it starts. There are also manual (a button), postEnvironmentStart (each start),
    # postMachineStart (before the dev container, with `machine` below) and beforeSnapshot.
    triggeredBy:
      - prebuild
      - postDevcontainerStart
    # A prebuild fails if this task does; otherwise it only warns.
    prebuildRequiresSuccess: true

  check:
    name: Check the server
    command: curl -sf http://localhost:8000
    # References of tasks and services that have to be done, or ready, before.
    dependsOn:
      - web
    triggeredBy:
      - manual
    # Where it runs, if not in the dev container: in a container of an image, or `machine: {}`.
    runsOn:
      docker:
        image: curlimages/curl:8.10.1
        environment:
          - NAME=value

services:
  web:
    name: Web server
    commands:
      # Keeps running: a service whose `start` ends has stopped.
      start: python3 -m http.server 8000
      # Run each second, until it succeeds. Without it the service counts as ready at once.
      ready: curl -sf http://localhost:8000
      # Without it `start` gets SIGTERM.
      stop: pkill -f http.server
    triggeredBy:
      - postEnvironmentStart
    # How long `ready` may take: seconds, from 0s to 86400s.
    readinessTimeout: 300s
    # default, editor or ai-agent.
    role: default
"""
