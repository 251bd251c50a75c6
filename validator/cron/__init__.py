"""Cron expressions as the platform reads them: their syntax, their times and words for them.

The syntax is that of the Go library robfig/cron, version 3, without its optional field for seconds.
"""
