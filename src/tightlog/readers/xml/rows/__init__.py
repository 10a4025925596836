"""Rows of points of GPX and TCX files, read by their layout."""
