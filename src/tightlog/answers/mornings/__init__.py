"""A morning on Today: the course of the back up to it, and the night before it."""
