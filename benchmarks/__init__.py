"""Benchmarks: a folder a scenario, each with `run()`, which prints a table with ratios and returns its figures."""
