"""The catalogues are those of the code: same sentences, same values, compiled as they stand."""

import re

import pytest
from babel.messages.catalog import Message

from tests.language.renewal import (
    SHARES,
    TRANSLATED,
    compiled,
    is_translated,
    po_file,
    renewed,
    shares,
    texts,
    translations,
)

RENEW = "run `make language`, and translate what is new in the .po"
# A value in a sentence, with its form: `{score:.1f}`.
VALUE = re.compile(r"\{\w+[^{}]*(?:\{\w+\}[^{}]*)*\}")


def entries(language: str) -> list[Message]:
    return [entry for entry in translations(language) if entry.id]


@pytest.mark.parametrize("language", TRANSLATED)
def test_the_po_has_the_sentences_of_the_code(language: str) -> None:
    assert [one.id for one in entries(language)] == [
        one.id for one in renewed(language) if one.id
    ], RENEW


@pytest.mark.parametrize("language", TRANSLATED)
def test_the_mo_is_the_po_compiled(language: str) -> None:
    assert po_file(language).with_suffix(".mo").read_bytes() == compiled(renewed(language)), RENEW


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_translation_has_the_values_of_its_sentence(language: str) -> None:
    wrong = [
        (one, said)
        for entry in entries(language)
        if is_translated(entry)
        for one, said in zip(texts(entry.id), texts(entry.string), strict=True)
        if set(VALUE.findall(one)) != set(VALUE.findall(said))
    ]
    assert wrong == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_translation_keeps_the_space_at_its_ends(language: str) -> None:
    wrong = [
        (one, said)
        for entry in entries(language)
        if is_translated(entry)
        for one, said in zip(texts(entry.id), texts(entry.string), strict=True)
        if (one[:1].isspace(), one[-1:].isspace()) != (said[:1].isspace(), said[-1:].isspace())
    ]
    assert wrong == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_no_entry_is_translated_by_half(language: str) -> None:
    wrong = [
        entry.id
        for entry in entries(language)
        if any(map(str.strip, texts(entry.string))) and not all(map(str.strip, texts(entry.string)))
    ]
    assert wrong == []


def test_docs_tell_the_shares_translated() -> None:
    assert SHARES.read_text(encoding="utf-8") == shares(), RENEW
