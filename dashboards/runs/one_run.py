"""One activity: its numbers, how form held, its curves, laps and route, and where each number
came from.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

import streamlit as st

from dashboards.day.day_words import after_tile, morning_tile
from dashboards.runs import run_cards
from dashboards.runs.correcting import REFRESH_KEY, correction, count_again
from dashboards.runs.run_curves import curves
from dashboards.runs.run_facts import (
    DEFINED,
    form_tiles,
    key_tiles,
    late_tiles,
    origins,
    unknown_words,
)
from dashboards.runs.run_list import PAGE
from dashboards.runs.run_wording import kind_words, started_words, uncounted_words
from dashboards.shell.frame import heading
from dashboards.shown import cards
from dashboards.shown.data import View, morning_scores, rows
from dashboards.shown.feature_charts import plain_words
from dashboards.shown.refreshing import refresh_button
from tightlog.answers.days.known import is_rated_in_evening, mornings_around
from tightlog.language.catalogue import phrase
from tightlog.words.dates import day_and_month, weekday
from tightlog.words.kinds import LEFT_OUT, state_title
from tightlog.words.numbers import counted


def one_run(seen: View, activity_id: str) -> None:
    """The page of an activity, or why it has none."""
    ways(seen, activity_id)
    found = rows(seen, "activity_facts", activity_id).to_dicts()
    if not found:
        elsewhere(seen, activity_id)
        return
    facts = found[0]
    files = rows(seen, "activity_files", activity_id).to_dicts()
    heading(
        kind_words(facts["sport"], facts["sub_sport"]),
        started_words(facts, is_long=True) + (f" · {facts['name']}" if facts["name"] else ""),
    )
    st.html(cards.tiles(key_tiles(facts)))
    mornings(seen, facts["day"])
    if why := uncounted_words(facts):
        st.html(cards.notice(why))
    if missing := unknown_words(facts):
        st.caption(missing)
    correction(seen, facts)
    form(seen, facts)
    curves(seen, facts, files)
    laps(seen, facts)
    st.html(cards.section(phrase("Where the numbers come from")))
    st.html(
        run_cards.facts(origins(facts, files, rows(seen, "activity_twins", activity_id).to_dicts()))
    )


def ways(seen: View, activity_id: str) -> None:
    """Links back to the list as it was, and to the activities of the same sport before and
    after.
    """
    near = rows(seen, "activity_neighbours", activity_id).row(0, named=True)
    with st.container(horizontal=True, key="ways"):
        st.page_link(
            PAGE,
            label=phrase("← All activities"),
            query_params=st.session_state.get("list_address", {}) | {"run": ""},
        )
        for words, name in ((phrase("Earlier"), "earlier_id"), (phrase("Later"), "later_id")):
            if near[name]:
                st.page_link(PAGE, label=words, query_params={"run": near[name]})


def mornings(seen: View, day: date) -> None:
    """The first scores of the run's day and of the next, with the way to the day's page."""
    is_evening = seen.version is not None and is_rated_in_evening(seen.version)
    around = mornings_around(morning_scores(seen), day, is_rated_in_evening=is_evening)
    st.html(cards.section(phrase("The back around it")))
    with st.container(key="mornings"):
        st.html(cards.tiles([morning_tile(around), after_tile(around, day >= seen.local_day)]))
    st.page_link(
        "app_pages/day.py",
        label=phrase(
            "{weekday} {day}, the whole day", weekday=weekday(day), day=day_and_month(day)
        ),
        query_params={"day": day.isoformat()},
        width="content",
    )


def elsewhere(seen: View, activity_id: str) -> None:
    """Where an activity is that does not count: left out, set aside for a richer twin, or not
    there at all.
    """
    found = rows(seen, "activity_elsewhere", activity_id).to_dicts()
    if not found:
        heading(
            phrase("No such activity"),
            phrase("There is no activity with the id {activity_id}.", activity_id=activity_id[:60]),
        )
        st.html(
            cards.notice(
                phrase(
                    "Its file may have been removed from data/raw, or the address is "
                    "incomplete. The list has everything that counts."
                )
            )
        )
    elif found[0]["state"] == LEFT_OUT:
        heading(
            state_title(LEFT_OUT), phrase("It does not count anywhere. Its file stays unchanged.")
        )
        if not count_again(seen, activity_id, phrase("Should it count after all?")):
            refresh_button(seen, REFRESH_KEY)
    else:
        twin = found[0]
        heading(
            state_title(twin["state"]),
            phrase("This recording was set aside: {reason}.", reason=twin["reason"]),
        )
        st.page_link(
            PAGE,
            label=phrase("The recording that counts"),
            query_params={"run": twin["kept_activity_id"]},
        )


def form(seen: View, facts: Mapping[str, Any]) -> None:
    """Running form, how it held late in the run, and the definitions; nothing for other sports."""
    if facts["sport"] != "running":
        return
    if tiles := form_tiles(facts):
        st.html(
            cards.section(
                phrase("Form"),
                (
                    phrase(
                        "Averages of the run. Your usual: what your own runs of the previous "
                        "weeks predict at that pace."
                    )
                ),
            )
        )
        st.html(cards.tiles(tiles))
    late_in_the_run(facts)
    defined = rows(
        seen, "feature_definitions", tuple(name for name in DEFINED if facts[name] is not None)
    ).to_dicts()
    if defined:
        st.html(
            cards.folded(
                phrase("How these are worked out"),
                [
                    phrase(
                        "{plain_words} Source: {source}.",
                        plain_words=plain_words(one["definition"]),
                        source=one["source"],
                    )
                    for one in defined
                ],
            )
        )


def late_in_the_run(facts: Mapping[str, Any]) -> None:
    """How form and heart rate drifted, or what is needed to know."""
    st.html(
        cards.section(
            phrase("Late in the run"),
            phrase(
                "The last third compared with the first third after ten minutes, on flat "
                "ground at the same pace."
            ),
        )
    )
    if late := late_tiles(facts):
        st.html(cards.tiles(late))
    else:
        st.html(
            cards.notice(
                phrase(
                    "Not available: it needs 40 minutes of running, enough of it on flat "
                    "ground, and five earlier runs."
                )
            )
        )


def laps(seen: View, facts: Mapping[str, Any]) -> None:
    """The laps as a table; nothing when there is only one."""
    listed = rows(seen, "activity_laps", facts["activity_id"]).to_dicts()
    if len(listed) > 1:
        st.html(cards.section(phrase("Laps"), counted(len(listed), "lap")))
        st.html(run_cards.lap_table(listed, facts["sport"]))
