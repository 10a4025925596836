"""A sentence in the runner's language. Its id is its English text, which stands for what a language
lacks.

`phrase` and `plural` look a sentence up where it is shown. A constant is only marked, by `message`
or `phrases`, because the language is not known yet when a module is imported. English reads no
file; another language reads its `.mo` once a process.
"""

from collections.abc import Callable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from tightlog.language.choice import ENGLISH, chosen, number_in

if TYPE_CHECKING:
    from gettext import GNUTranslations

K = TypeVar("K")
T = TypeVar("T")
FOLDER = Path(__file__).parent


def message(text: str, /) -> str:
    """The text itself: marks a constant for the catalogue, to be shown by `phrase`."""
    return text


def phrase(text: str, /, **values: object) -> str:
    """The text in the runner's language, with its values in place; numbers are written as they are
    in that language.
    """
    language = chosen()
    if language == ENGLISH:
        return text.format_map(values) if values else text
    # gettext keeps facts about the catalogue below the empty id.
    found = catalogue(language).gettext(text) if text else text
    return _filled(found, values, language) if values else found


def plural(one: str, many: str, count: float, /, **values: object) -> str:
    """The form for so many, in the runner's language, with its values in place."""
    language = chosen()
    if language == ENGLISH:
        return (one if count == 1 else many).format_map(values)
    # gettext counts in whole numbers: a part of one is many.
    whole = int(count) if count == int(count) else 2
    return _filled(catalogue(language).ngettext(one, many, whole), values, language)


class phrases(Mapping[K, str]):  # noqa: N801, it is written like a function
    """Texts by a key, each in the runner's language when it is looked up."""

    def __init__(self, texts: Mapping[K, str], /) -> None:
        self.texts = texts

    def __getitem__(self, key: K) -> str:
        return phrase(self.texts[key])

    def __iter__(self) -> Iterator[K]:
        return iter(self.texts)

    def __len__(self) -> int:
        return len(self.texts)


class PhraseField:
    """A field that holds its English text and is read in the runner's language."""

    def __init__(self, name: str) -> None:
        self.place = f"{name} in English"

    def __get__(self, instance: object, owner: type | None = None) -> str:
        return phrase(instance.__dict__[self.place])

    def __set__(self, instance: object, text: str) -> None:
        instance.__dict__[self.place] = text


def phrased(*fields: str) -> Callable[[type[T]], type[T]]:
    """Makes fields of a dataclass, written in English, be read in the runner's language."""

    def with_fields(declared: type[T]) -> type[T]:
        for name in fields:
            setattr(declared, name, PhraseField(name))
        return declared

    return with_fields


@cache
def catalogue(language: str) -> "GNUTranslations":
    """The compiled sentences of a language. OSError without its file."""
    from gettext import GNUTranslations

    with (FOLDER / language / "tightlog.mo").open("rb") as file:
        return GNUTranslations(file)


def sentence_mark() -> str:
    """What stored sentences depend on: nothing in English, else the language."""
    return "" if chosen() == ENGLISH else chosen()


def _filled(text: str, values: Mapping[str, object], language: str) -> str:
    return text.format_map({name: number_in(language, value) for name, value in values.items()})
