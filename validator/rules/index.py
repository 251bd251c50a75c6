"""Where each rule is, and what it needs.

Made from the declarations by scripts/generate.py.
"""

from validator.finding import Severity
from validator.rule import Entry

INDEX = {
    "alias-expansion": Entry(
        "validator.parsing.rules",
        Severity.ERROR,
        blocking=True,
    ),
    "ambiguous-kind": Entry(
        "validator.parsing.rules",
        Severity.ERROR,
        blocking=True,
    ),
    "ambiguous-step": Entry(
        "validator.api.rules.ambiguous_step",
        Severity.ERROR,
    ),
    "ambiguous-trigger": Entry(
        "validator.api.rules.ambiguous_trigger",
        Severity.ERROR,
    ),
    "ambiguous-value": Entry(
        "validator.rules.ambiguous_value",
        Severity.WARNING,
    ),
    "blank-value": Entry(
        "validator.rules.blank_value",
        Severity.WARNING,
        checks=True,
    ),
    "completion-time": Entry(
        "validator.api.rules.completion_time",
        Severity.ERROR,
    ),
    "conflicting-fields": Entry(
        "validator.contract.rules.conflicting_fields",
        Severity.ERROR,
    ),
    "dependency-cycle": Entry(
        "validator.rules.dependency_cycle",
        Severity.ERROR,
        checks=True,
        needs=("dependsOn",),
    ),
    "duplicate-anchor": Entry(
        "validator.parsing.rules",
        Severity.WARNING,
    ),
    "duplicate-dependency": Entry(
        "validator.rules.duplicate_dependency",
        Severity.WARNING,
        checks=True,
        needs=("dependsOn",),
    ),
    "duplicate-id": Entry(
        "validator.api.rules.duplicate_id",
        Severity.ERROR,
    ),
    "duplicate-key": Entry(
        "validator.parsing.rules",
        Severity.ERROR,
        blocking=True,
    ),
    "duplicate-reference": Entry(
        "validator.rules.duplicate_reference",
        Severity.ERROR,
        checks=True,
        needs=("services", "tasks"),
    ),
    "duplicate-step": Entry(
        "validator.api.rules.duplicate_step",
        Severity.ERROR,
    ),
    "duplicate-trigger": Entry(
        "validator.rules.duplicate_trigger",
        Severity.WARNING,
        checks=True,
        needs=("triggeredBy",),
    ),
    "empty-document": Entry(
        "validator.parsing.rules",
        Severity.HINT,
    ),
    "empty-value": Entry(
        "validator.contract.rules.empty_value",
        Severity.ERROR,
    ),
    "encoding": Entry(
        "validator.parsing.rules",
        Severity.ERROR,
        blocking=True,
    ),
    "failed-yet-stopped": Entry(
        "validator.api.rules.failure_message",
        Severity.WARNING,
    ),
    "failed-yet-succeeded": Entry(
        "validator.api.rules.failure_message",
        Severity.ERROR,
    ),
    "group-order": Entry(
        "validator.api.rules.group_order",
        Severity.ERROR,
    ),
    "incomplete-fix": Entry(
        "validator.rules.incomplete_fix",
        Severity.ERROR,
        blocking=True,
    ),
    "internal-error": Entry(
        "validator.parsing.rules",
        Severity.ERROR,
        blocking=True,
    ),
    "invalid-duration": Entry(
        "validator.contract.rules.invalid_format",
        Severity.ERROR,
    ),
    "invalid-format": Entry(
        "validator.contract.rules.invalid_format",
        Severity.ERROR,
    ),
    "invalid-length": Entry(
        "validator.contract.rules.invalid_length",
        Severity.ERROR,
    ),
    "invalid-reference": Entry(
        "validator.contract.rules.invalid_reference",
        Severity.ERROR,
    ),
    "invalid-suppression": Entry(
        "validator.rules.invalid_suppression",
        Severity.WARNING,
    ),
    "invalid-value": Entry(
        "validator.contract.rules.invalid_value",
        Severity.ERROR,
    ),
    "json-syntax": Entry(
        "validator.parsing.rules",
        Severity.ERROR,
        blocking=True,
    ),
    "machine-trigger-needs-machine": Entry(
        "validator.rules.machine_trigger_needs_machine",
        Severity.WARNING,
        checks=True,
        needs=("postMachineStart",),
    ),
    "migration-guess": Entry(
        "validator.rules.older_file",
        Severity.HINT,
    ),
    "misnamed-file": Entry(
        "validator.rules.misnamed_file",
        Severity.WARNING,
    ),
    "missing-field": Entry(
        "validator.contract.rules.missing_field",
        Severity.ERROR,
    ),
    "mixed-spelling": Entry(
        "validator.api.mixed_spelling",
        Severity.WARNING,
    ),
    "multiple-documents": Entry(
        "validator.parsing.rules",
        Severity.ERROR,
        blocking=True,
    ),
    "never-triggered": Entry(
        "validator.rules.never_triggered",
        Severity.HINT,
        checks=True,
        merges=True,
    ),
    "noncanonical-spelling": Entry(
        "validator.rules.noncanonical_spelling",
        Severity.WARNING,
        checks=True,
    ),
    "not-an-older-file": Entry(
        "validator.rules.older_file",
        Severity.ERROR,
    ),
    "not-migrated": Entry(
        "validator.rules.older_file",
        Severity.WARNING,
    ),
    "other-format": Entry(
        "validator.contract.rules.other_format",
        Severity.ERROR,
    ),
    "phase-after-end": Entry(
        "validator.api.rules.status_history",
        Severity.ERROR,
    ),
    "phase-mismatch": Entry(
        "validator.api.rules.phase_mismatch",
        Severity.ERROR,
    ),
    "prebuild-success-without-prebuild": Entry(
        "validator.rules.prebuild_success_without_prebuild",
        Severity.WARNING,
        checks=True,
        needs=("prebuildRequiresSuccess",),
    ),
    "ready-always-true": Entry(
        "validator.rules.ready_always_true",
        Severity.WARNING,
        checks=True,
        needs=("services", "commands"),
        words=("ready",),
    ),
    "ready-loops": Entry(
        "validator.rules.ready_loops",
        Severity.HINT,
        checks=True,
        needs=("services", "commands"),
        words=("sleep",),
    ),
    "ready-missing": Entry(
        "validator.rules.ready_missing",
        Severity.HINT,
        checks=True,
        needs=("services", "dependsOn"),
    ),
    "ready-without-fail": Entry(
        "validator.rules.ready_without_fail",
        Severity.HINT,
        checks=True,
        needs=("services", "commands"),
        words=("curl",),
    ),
    "recursive-alias": Entry(
        "validator.parsing.rules",
        Severity.ERROR,
        blocking=True,
    ),
    "redundant-dependency": Entry(
        "validator.rules.redundant_dependency",
        Severity.HINT,
        checks=True,
        needs=("dependsOn",),
        optional=True,
    ),
    "script-lines-joined": Entry(
        "validator.rules.script_lines_joined",
        Severity.WARNING,
        checks=True,
    ),
    "script-syntax": Entry(
        "validator.rules.script_syntax",
        Severity.ERROR,
    ),
    "self-dependency": Entry(
        "validator.rules.self_dependency",
        Severity.ERROR,
        checks=True,
        needs=("dependsOn",),
    ),
    "service-without-commands": Entry(
        "validator.rules.service_without_commands",
        Severity.WARNING,
        checks=True,
        needs=("services",),
    ),
    "shadowed-file": Entry(
        "validator.rules.shadowed_file",
        Severity.WARNING,
    ),
    "shellcheck": Entry(
        "validator.rules.shellcheck",
        Severity.WARNING,
    ),
    "start-detaches": Entry(
        "validator.rules.start_detaches",
        Severity.WARNING,
        checks=True,
        needs=("services", "commands"),
        words=("docker", "podman", "&"),
    ),
    "start-returns": Entry(
        "validator.rules.start_returns",
        Severity.WARNING,
        checks=True,
        needs=("services", "commands"),
    ),
    "status-version": Entry(
        "validator.api.rules.status_history",
        Severity.ERROR,
    ),
    "step-order": Entry(
        "validator.api.rules.step_order",
        Severity.ERROR,
    ),
    "task-never-ends": Entry(
        "validator.rules.task_never_ends",
        Severity.WARNING,
        checks=True,
        needs=("tasks", "command"),
        words=(
            "dev",
            "serve",
            "start",
            "watch",
            "tail",
            "logs",
            "journal",
            "infinity",
            "while",
            "until",
            "storybook",
            "corn",
            "flask",
            "fastapi",
            "caddy",
            "streamlit",
            ":run",
            "bootRun",
            "proxy",
            "docker",
            "podman",
            "container",
            "buildkitd",
            "anvil",
            "daphne",
            "ganache",
            "hardhat",
            "jupyter",
            "mariadbd",
            "mongod",
            "mysqld",
            "nodemon",
            "postgres",
            "pm2",
            "hugo",
            "jekyll",
            "consul",
            "vite",
            "preview",
            "next",
            "ngrok",
            "nuxt",
            "port-forward",
            "php",
            "rails",
        ),
    ),
    "time-order": Entry(
        "validator.api.rules.time_order",
        Severity.ERROR,
    ),
    "too-deep": Entry(
        "validator.parsing.rules",
        Severity.ERROR,
        blocking=True,
    ),
    "too-large": Entry(
        "validator.parsing.rules",
        Severity.ERROR,
        blocking=True,
    ),
    "too-many-findings": Entry(
        "validator.parsing.rules",
        Severity.HINT,
    ),
    "trigger-not-allowed": Entry(
        "validator.rules.trigger_not_allowed",
        Severity.ERROR,
        checks=True,
        needs=("services", "beforeSnapshot"),
    ),
    "trigger-order": Entry(
        "validator.rules.trigger_order",
        Severity.WARNING,
        checks=True,
        needs=("dependsOn",),
    ),
    "unchecked-script": Entry(
        "validator.rules.unchecked_script",
        Severity.HINT,
    ),
    "unknown-dependency": Entry(
        "validator.rules.unknown_dependency",
        Severity.ERROR,
        checks=True,
        needs=("dependsOn",),
    ),
    "unknown-field": Entry(
        "validator.contract.rules.unknown_field",
        Severity.ERROR,
    ),
    "unknown-step": Entry(
        "validator.api.rules.unknown_step",
        Severity.ERROR,
    ),
    "unreadable-file": Entry(
        "validator.parsing.rules",
        Severity.ERROR,
        blocking=True,
    ),
    "unsupported-tag": Entry(
        "validator.parsing.rules",
        Severity.ERROR,
        blocking=True,
    ),
    "unused-suppression": Entry(
        "validator.rules.unused_suppression",
        Severity.WARNING,
    ),
    "wrong-type": Entry(
        "validator.contract.rules.wrong_type",
        Severity.ERROR,
    ),
    "yaml-syntax": Entry(
        "validator.parsing.rules",
        Severity.ERROR,
        blocking=True,
    ),
}
