"""Phrases about what was tried: effects of what was done, and trials by a coin."""
