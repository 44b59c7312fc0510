"""What all tests share: property tests that draw the same cases on every run."""

from hypothesis import HealthCheck, settings

settings.register_profile(
    "cbi", derandomize=True, deadline=None, database=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("cbi")
