"""Benchmarks: not tests, run by hand (`python -m tests.bench`); results go to docs/performance.md."""
