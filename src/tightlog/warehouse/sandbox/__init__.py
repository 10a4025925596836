"""Queries from outside, each answered by a confined process with limits."""
