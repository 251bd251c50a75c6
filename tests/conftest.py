"""Settings of all tests."""

from hypothesis import settings

# How long an example takes depends on the machine, and is measured in `benchmarks/`.
settings.register_profile("without a clock", deadline=None)
settings.load_profile("without a clock")
