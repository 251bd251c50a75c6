"""When the tasks and services of a new file run, by what they do."""

INSTALLS = ("prebuild", "postDevcontainerStart")
"""The triggers of what installs: once per prebuild, or when there is none with the container."""

STARTS = ("postEnvironmentStart",)
"""The triggers of what runs at each start."""

BY_HAND = ("manual",)
"""The trigger of what is started when it is needed, such as tests."""
