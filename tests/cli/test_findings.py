"""`tightlog findings` and `tightlog effects`: grouped by verdict, nothing said twice."""

import polars as pl

from tightlog.cli.verdict_groups import effect_groups, finding_groups


def finding(
    title: str,
    verdict: str,
    *,
    sentence: str = "",
    statement: str = "",
    still_needed: str | None = None,
    would_have_shown: str | None = None,
    p_value: float | None = None,
) -> dict[str, object]:
    return {
        "title": title,
        "verdict": verdict,
        "sentence": sentence,
        "statement": statement,
        "still_needed": still_needed,
        "would_have_shown": would_have_shown,
        "p_value": p_value,
    }


def frame(*rows: dict[str, object]) -> pl.DataFrame:
    text = dict.fromkeys(
        ("title", "verdict", "sentence", "statement", "still_needed", "would_have_shown"), pl.String
    )
    return pl.DataFrame(rows, schema=text | {"p_value": pl.Float64})


def test_what_tells_something_comes_first_without_the_words_of_its_heading() -> None:
    rows = frame(
        finding("cycling", "not_enough_data", still_needed="12 of 20 days with it"),
        finding(
            "load",
            "possible",
            sentence="Possibly: more load goes with more tightness: 0.6 points.",
            statement="More load goes with more tightness: 0.6 points.",
            p_value=0.02,
        ),
        finding(
            "distance",
            "clear",
            statement="More distance goes with more tightness: 1.4 points.",
            p_value=0.001,
        ),
    )
    assert list(finding_groups(rows)) == [
        ("What goes with your tightness", ["More distance goes with more tightness: 1.4 points."]),
        ("Possible, but not sure", ["More load goes with more tightness: 0.6 points."]),
        ("Not enough data yet", ["Cycling: 12 of 20 days with it"]),
    ]


def test_what_all_lack_is_said_once() -> None:
    rows = frame(
        *[
            finding(title, "not_enough_data", still_needed="37 of 60 scores")
            for title in ("distance", "load", "cycling")
        ]
    )
    assert list(finding_groups(rows)) == [
        ("Not enough data yet", ["37 of 60 scores: distance; load; cycling"])
    ]


def test_silence_says_how_much_would_have_shown() -> None:
    rows = frame(
        finding("swimming", "nothing_seen", p_value=0.01),
        finding(
            "distance",
            "nothing_seen",
            would_have_shown="0.9 points or more between 0 and 12 km, in 118 scores",
            p_value=0.4,
        ),
    )
    assert list(finding_groups(rows)) == [
        (
            "No link seen; one this large would probably have shown",
            [
                "Swimming: what showed did not hold up when checked",
                "Distance: 0.9 points or more between 0 and 12 km, in 118 scores",
            ],
        )
    ]


def test_effects_stand_under_their_verdict_by_title() -> None:
    rows = pl.DataFrame(
        {
            "verdict": ["not_enough_data", "helps", "nothing_seen"],
            "title": ["Plank", "Cat-Cow", "Foam rolling"],
            "statement": [
                "3 of 8 days with it.",
                "Goes with 1.0 points less tightness the next day.",
                "One of 0.8 points or more would probably have shown.",
            ],
            "still_needed": ["3 of 8 days with it", None, None],
        }
    )
    assert list(effect_groups(rows)) == [
        (
            "Goes with less tightness the next day",
            ["Cat-Cow: Goes with 1.0 points less tightness the next day."],
        ),
        (
            "No difference seen the next day",
            ["Foam rolling: One of 0.8 points or more would probably have shown."],
        ),
        ("Not enough data yet", ["Plank: 3 of 8 days with it"]),
    ]


def test_nothing_found_gives_no_group() -> None:
    assert list(finding_groups(frame())) == []


def test_a_version_of_an_earlier_tightlog_is_read_by_its_sentences() -> None:
    older = frame(finding("", "nothing_seen", sentence="No link seen.")).drop(
        "title", "statement", "still_needed", "would_have_shown"
    )
    assert list(finding_groups(older)) == [
        ("No link seen; one this large would probably have shown", ["No link seen."])
    ]


def test_nights_and_days_stand_under_headings_of_their_own() -> None:
    rows = frame(
        finding("sleep", "possible", statement="More sleep goes with less.", p_value=0.001),
        finding("steps", "reacts", statement="This seems to follow your back."),
        finding("distance", "possible", statement="More distance goes with more.", p_value=0.02),
    ).with_columns(family=pl.Series(["daily_life", "daily_life", "training"]))
    assert list(finding_groups(rows)) == [
        ("Possible, but not sure", ["More distance goes with more."]),
        ("Nights and days: possible, but not sure", ["More sleep goes with less."]),
        (
            "Nights and days: where they seem to follow your back",
            ["This seems to follow your back."],
        ),
    ]
