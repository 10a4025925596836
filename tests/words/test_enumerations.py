"""Names in a sentence have one word before the last."""

import pytest

from tightlog.words.enumerations import enumerated


@pytest.mark.parametrize(
    ("names", "words"),
    [(["a"], "a"), (["a", "b"], "a or b"), (["a", "b", "c"], "a, b or c")],
)
def test_the_last_name_has_a_word_before_it(names: list[str], words: str) -> None:
    assert enumerated(names, "or") == words
