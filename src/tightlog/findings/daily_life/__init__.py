"""Nights and days beside the training: a family of their own, what is held fixed, and direction."""
