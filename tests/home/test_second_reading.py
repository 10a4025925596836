"""Two readings of a file are the same within a metre and a hair of cadence, and never by chance."""

import pytest

from tightlog.home.second_reading import Difference, SessionFacts, differences

RUN = SessionFacts(0, 1201, 3360.0, 84.0)


def quantities(*second: SessionFacts) -> list[str]:
    return [one.quantity for one in differences((RUN,), second)]


@pytest.mark.parametrize(
    ("second", "differing"),
    [
        (SessionFacts(0, 1201, 3360.0, 84.0), []),
        (SessionFacts(0, 1202, 3360.0, 84.0), ["record_count"]),
        (SessionFacts(0, 1201, 3361.0, 84.0), []),
        (SessionFacts(0, 1201, 3361.05, 84.0), ["distance_m"]),
        (SessionFacts(0, 1201, 3360.95, 84.0499), []),
        (SessionFacts(0, 1201, 3359.0, 84.0525), ["cadence_raw"]),
        (SessionFacts(0, 1201, 3360.0, 83.947), ["cadence_raw"]),
        (SessionFacts(0, 1201, None, 84.0), ["distance_m"]),
        (SessionFacts(0, 1201, 3360.0, None), ["cadence_raw"]),
    ],
)
def test_what_differs_is_named(second: SessionFacts, differing: list[str]) -> None:
    assert quantities(second) == differing


def test_distance_a_bit_less_than_a_metre_apart_is_the_same() -> None:
    assert quantities(SessionFacts(0, 1201, 3360.95, 84.0)) == []


def test_a_session_only_one_reading_has_is_a_difference() -> None:
    other = SessionFacts(1, 5, None, None)
    assert differences((RUN,), (RUN, other)) == (Difference(1, "session", 0.0, 1.0),)
    assert differences((RUN, other), (RUN,)) == (Difference(1, "session", 1.0, 0.0),)
