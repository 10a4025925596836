"""Attacks on what tightlog promises, one kind a module; `python -m benchmarks.attacks` runs all."""
