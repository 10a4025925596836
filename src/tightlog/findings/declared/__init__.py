"""Hypotheses the runner wrote down before looking: a family of their own."""
