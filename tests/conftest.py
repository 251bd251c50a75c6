"""Settings of all tests."""

import os

from hypothesis import settings

# How long an example takes depends on the machine, and is measured in `benchmarks/`. In CI the
# examples are always the same, so that a red build means a change; elsewhere they are new.
settings.register_profile("ours", deadline=None, derandomize="CI" in os.environ)
settings.load_profile("ours")
