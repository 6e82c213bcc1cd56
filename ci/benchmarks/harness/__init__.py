"""Runs the comparisons of ci/benchmarks."""
