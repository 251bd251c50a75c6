"""The API documents behind automations files: tasks, services, executions and their statuses.

Their schemas define what each field may contain; this package checks fields against each other.
"""
