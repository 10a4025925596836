"""Coin-flip trials of one runner: schedule, power and answer, from frames to frames."""
