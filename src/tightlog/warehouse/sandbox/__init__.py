"""Queries of anybody, answered by a confined process of their own with limits."""
