"""The table of colours: a score can be read on its field, and its order is seen without colour."""

from dashboards.shown.colours import KINDS, PATTERN, SCORE_FIELDS, TIGHTNESS, score_field

LEAST_CONTRAST = 4.5


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2 defines it."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def test_the_number_is_readable_on_each_field() -> None:
    for score in range(11):
        assert contrast(*score_field(score)) >= LEAST_CONTRAST, score


def test_each_point_is_darker_than_the_one_before() -> None:
    shades = [luminance(colour) for colour in SCORE_FIELDS]
    assert shades == sorted(shades, reverse=True) and len(set(shades)) == 11


def test_a_score_between_two_has_the_field_of_the_nearer() -> None:
    assert score_field(3.6) == score_field(4)
    assert score_field(12) == score_field(10) and score_field(-1) == score_field(0)


def test_no_kind_of_cross_training_looks_like_tightness_or_a_pattern() -> None:
    assert len(set(KINDS.values())) == len(KINDS)
    assert not {TIGHTNESS, PATTERN} & set(KINDS.values())
