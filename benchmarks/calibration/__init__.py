"""Calibration of the findings on simulated runners with known truth; `python -m
benchmarks.calibration` prints the tables.
"""
