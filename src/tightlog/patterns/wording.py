"""Kept for those who import the words from here; they live in tightlog.words."""

from tightlog.words.dates import MONTHS as MONTHS
from tightlog.words.dates import date_words as date_words
from tightlog.words.dates import weekday as weekday
from tightlog.words.numbers import counted as counted
from tightlog.words.numbers import km as km
from tightlog.words.numbers import typeset as typeset
from tightlog.words.patterns import GRADE_WORDS as GRADE_WORDS
