"""Which language sentences are written in, set once where a command, a page or a refresh begins;
and how numbers are written in it.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

ENGLISH, GERMAN = "en", "de"
LANGUAGES = (ENGLISH, GERMAN)
# 1,234.5 is 1.234,5 there.
WITH_COMMA = frozenset({GERMAN})
COMMA_FOR_POINT = str.maketrans(",.", ".,")
_chosen: ContextVar[str | None] = ContextVar("language", default=None)
_usual = [ENGLISH]


def choose(language: str) -> None:
    """Sets the language of sentences from here on, in this thread or task."""
    _chosen.set(language)


def chosen() -> str:
    """The language of sentences here, `en` or `de`."""
    return _chosen.get() or _usual[0]


def choose_for_threads(language: str) -> None:
    """Sets the language of threads that choose none: those in which Streamlit calls back."""
    _usual[0] = language


@contextmanager
def spoken(language: str) -> Iterator[None]:
    """Writes sentences in a language within the block."""
    before = _chosen.set(language)
    try:
        yield
    finally:
        _chosen.reset(before)


def numerals(text: str) -> str:
    """A number formatted in English, as the runner's language writes it: `1.234,5`."""
    return text.translate(COMMA_FOR_POINT) if chosen() in WITH_COMMA else text


class Numeral:
    """A number that is formatted with a decimal comma."""

    def __init__(self, value: float) -> None:
        self.value = value

    def __repr__(self) -> str:
        return repr(self.value)

    def __format__(self, form: str) -> str:
        return format(self.value, form).translate(COMMA_FOR_POINT)


def number_in(language: str, value: object) -> object:
    """A number as one that is formatted as in the language; anything else as it is."""
    if language not in WITH_COMMA or isinstance(value, bool):
        return value
    return Numeral(value) if isinstance(value, (int, float)) else value
