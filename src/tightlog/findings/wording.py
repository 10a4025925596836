"""Kept for those who import the words from here; they live in tightlog.words."""

from tightlog.words.numbers import MINUS as MINUS
from tightlog.words.numbers import NO_BREAK_SPACE as NO_BREAK_SPACE
from tightlog.words.numbers import typeset as typeset
from tightlog.words.numbers import upper_points as upper_points
