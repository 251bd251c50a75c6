"""The API documents behind automation files: tasks, services, executions and their statuses.

Their schemas say what each field may hold; this package has what holds among the fields.
"""
