"""How numbers are set in sentences."""

import pytest

from tightlog.words.numbers import typeset, upper_points


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("lowest: -4.0 %", "lowest: −4.0\u00a0%"),
        ("(-3 to 2)", "(−3 to 2)"),
        ("doi:10.1136/bjsports-2019-100886", "doi:10.1136/bjsports-2019-100886"),
        ("2026-05-31", "2026-05-31"),
        ("30-60 s", "30-60 s"),
        ("doi:10.1186/1471-2474-12-220", "doi:10.1186/1471-2474-12-220"),
        ("", ""),
    ],
)
def test_minus_is_a_minus_and_percent_stays_with_its_number(text: str, said: str) -> None:
    assert typeset(text) == said and typeset(said) == said


@pytest.mark.parametrize(
    ("points", "said"),
    [(0.238, "0.3"), (0.3, "0.3"), (0.1 + 0.2, "0.3"), (0.301, "0.4"), (1.0, "1.0")],
)
def test_what_would_have_shown_is_never_rounded_down(points: float, said: str) -> None:
    assert upper_points(points) == said
