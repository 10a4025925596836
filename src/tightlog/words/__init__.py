"""Sentences made from facts where they are shown: every phrase used in two places is here, and none
is ever parsed.
"""
