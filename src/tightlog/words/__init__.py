"""The words of a fact, made where it is shown: every phrase two places share lives here, and
none is ever read back.
"""
