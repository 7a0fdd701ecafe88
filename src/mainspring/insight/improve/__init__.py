"""Improvement: findings become proposals with a simulated gain, and a released one is measured against it."""
