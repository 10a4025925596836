"""The journal: what the runner logs, one JSON line each in data/raw/diary, appended, never
rewritten.
"""
