"""The fields for adding or changing a diary entry, and the values entered."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

import streamlit as st

from dashboards.diary.where_fields import NO, YES, signs_to_ask, where_fields, where_given
from dashboards.shown.cards import urgent_words
from dashboards.shown.data import View
from dashboards.today.rating import SCORES
from dashboards.today.score_details import eased_field
from tightlog.answers.logged import ABLE, DONE, SCORE, Line
from tightlog.domain.clocks import FIRST_DAY
from tightlog.domain.diary import MOMENTS, Where
from tightlog.domain.interventions.catalogue import CATALOGUE
from tightlog.domain.red_flags import RED_FLAG_NAMES, RED_FLAGS, RedFlag, who_to_see
from tightlog.journal.moment import moment_of
from tightlog.language.catalogue import phrase
from tightlog.words.numbers import first_upper
from tightlog.words.scores import FUNCTION_MEANING, MOMENT_WORDS

NOTE_CHARACTERS = 500
# What people type finds the title: the aliases stand beside it.
INTERVENTIONS = {item.intervention: item for item in CATALOGUE}


def _intervention_words(name: str) -> str:
    item = INTERVENTIONS[name]
    return f"{item.title} ({', '.join(item.alias[:4])})"


def entry_fields(seen: View, line: Line, prefix: str) -> None:
    """Draws the fields, filled from the entry; `prefix` makes their keys unique."""
    if line.kind == SCORE:
        _score_field(line, prefix)
    if line.kind == DONE:
        st.selectbox(
            phrase("What was it?"),
            list(INTERVENTIONS),
            index=_index(line.intervention),
            format_func=_intervention_words,
            placeholder=phrase("Type or choose: yoga, massage, plank …"),
            key=f"{prefix}_intervention",
        )
    _when_fields(seen, line, prefix)
    if line.kind == SCORE:
        st.pills(
            phrase("Part of the day"),
            MOMENTS,
            default=line.moment if line.moment in MOMENTS else None,
            format_func=lambda moment: first_upper(MOMENT_WORDS[moment]),
            key=f"{prefix}_moment",
        )
        with st.expander(
            phrase("Where it is (optional)"), expanded=bool(_where(line).said), type="compact"
        ):
            where_fields(prefix, _where(line))
    if line.kind == DONE:
        _amount_fields(line, prefix)
    elif line.kind == ABLE:
        function_field(prefix, line.function)
    else:
        _sign_fields(line, prefix)
    if line.kind == SCORE:
        eased_field(f"{prefix}_eased", line.eased)
        st.text_input(
            phrase("Note (optional)"),
            line.note or "",
            max_chars=NOTE_CHARACTERS,
            key=f"{prefix}_note",
        )


def given(seen: View, line: Line, prefix: str) -> dict[str, Any]:
    """The values entered, named as in the journal. Raises UnreadableMoment or MomentAhead for
    a future day.
    """
    state = st.session_state
    values: dict[str, Any] = _when(seen, line, state[f"{prefix}_day"], state.get(f"{prefix}_time"))
    if line.kind == DONE:
        return values | {
            name: state.get(f"{prefix}_{name}") for name in ("intervention", "minutes", "rpe")
        }
    if line.kind == ABLE:
        return values | {"function": state.get(f"{prefix}_function")}
    # Nobody is asked to answer: a question left alone stays unanswered.
    values |= {
        "is_sharp": {YES: True, NO: False}.get(state.get(f"{prefix}_sharp") or ""),
        "red_flags": _flags(line, prefix),
    }
    if line.kind == SCORE:
        values |= {
            "score": state[f"{prefix}_score"],
            "moment": state.get(f"{prefix}_moment"),
            "note": (state.get(f"{prefix}_note") or "").strip() or None,
            "eased": list(state.get(f"{prefix}_eased") or ()),
            **vars(where_given(prefix)),
        }
    return values


def changes(line: Line, values: Mapping[str, Any]) -> dict[str, Any]:
    """The values that differ from the entry."""
    held = vars(line) | {
        "day": line.day.isoformat(),
        "at": _iso(line.at),
        "red_flags": list(line.red_flags),
        "eased": list(line.eased),
        # What a file leaves open is no answer the fields could have taken out.
        "moment": line.moment if line.moment in MOMENTS else None,
    }
    return {name: value for name, value in values.items() if held[name] != value}


def _score_field(line: Line, prefix: str) -> None:
    scores = (
        SCORES
        if line.score is None or line.score in SCORES
        else tuple(sorted((*SCORES, line.score)))
    )
    with st.container(key=f"score_scale_{prefix}"):
        st.pills(
            phrase("How tight was your lower back?"),
            scores,
            default=line.score,
            format_func=lambda score: f"{score:g}",
            key=f"{prefix}_score",
            width="stretch",
            help=phrase("0 is none, 10 is the worst you can imagine."),
        )
    st.caption(phrase("0 none · 10 worst imaginable"))


def function_field(prefix: str, given: float | None = None) -> None:
    """Eleven numbers for how well the runner's own thing can be done."""
    with st.container(key=f"score_scale_{prefix}_function"):
        st.pills(
            phrase("How well could you do it?"),
            SCORES,
            default=given,
            format_func=lambda points: f"{points:g}",
            key=f"{prefix}_function",
            width="stretch",
            label_visibility="collapsed",
        )
    st.caption(phrase(FUNCTION_MEANING))


def _amount_fields(line: Line, prefix: str) -> None:
    left, right = st.columns(2)
    left.number_input(
        phrase("Minutes (optional)"),
        0.0,
        1440.0,
        None,
        step=5.0,
        format="%g",
        key=_filled(f"{prefix}_minutes", _number(line.minutes)),
    )
    right.number_input(
        phrase("Effort 0–10 (optional)"),
        0.0,
        10.0,
        None,
        step=1.0,
        format="%g",
        key=_filled(f"{prefix}_rpe", _number(line.rpe)),
        help=phrase("0 is rest, 10 is your maximum."),
    )


def _when_fields(seen: View, line: Line, prefix: str) -> None:
    left, right = st.columns(2)
    left.date_input(
        phrase("Day"),
        line.day,
        FIRST_DAY,
        max(line.day, seen.local_day),
        key=f"{prefix}_day",
        format=phrase("DD/MM/YYYY"),
    )
    right.time_input(
        phrase("Time (if known)"),
        None,
        step=300,
        key=_filled(f"{prefix}_time", _clock(line.at, seen.settings.zone)),
    )


def _sign_fields(line: Line, prefix: str) -> None:
    answer = None if line.is_sharp is None else YES if line.is_sharp else NO
    st.segmented_control(
        phrase("Was it a sharp pain?"),
        (NO, YES),
        default=answer,
        format_func=phrase,
        key=f"{prefix}_sharp",
    )
    asked = signs_to_ask(prefix) if line.kind == SCORE else ()
    if asked:
        st.markdown(phrase("**Before you save:** is any of this so?"))
    _checkboxes(line, prefix, asked)
    with st.expander(phrase("Warning signs"), expanded=bool(line.red_flags), type="compact"):
        _checkboxes(line, prefix, [flag for flag in RED_FLAGS if flag not in asked])
    if ticked := _ticked(prefix):
        st.html(urgent_words(who_to_see(ticked)))


def _checkboxes(line: Line, prefix: str, flags: Sequence[RedFlag]) -> None:
    for flag in flags:
        st.checkbox(flag.question, flag.name in line.red_flags, key=f"{prefix}_flag_{flag.name}")


def _where(line: Line) -> Where:
    return Where(line.side, line.radiation, line.is_woken)


def _flags(line: Line, prefix: str) -> list[str]:
    """The signs ticked, in the entry's order first; one without a question here is kept."""
    ticked = _ticked(prefix)
    kept = [name for name in line.red_flags if name in ticked or name not in RED_FLAG_NAMES]
    return [*kept, *(name for name in ticked if name not in kept)]


def _ticked(prefix: str) -> list[str]:
    return [flag.name for flag in RED_FLAGS if st.session_state.get(f"{prefix}_flag_{flag.name}")]


def _when(seen: View, line: Line, day: date, clock: time | None) -> dict[str, str | None]:
    if day == line.day and clock == _clock(line.at, seen.settings.zone):
        # The fields know minutes only: an instant nobody touched keeps its seconds.
        return {"day": line.day.isoformat(), "at": _iso(line.at)}
    moment = moment_of(
        f"{day.isoformat()}T{clock:%H:%M}" if clock else day.isoformat(), seen.settings.zone
    )
    return {"day": moment.day.isoformat(), "at": _iso(moment.at)}


def _filled(key: str, value: Any) -> str:
    """The key of a field that begins with the value; as its default, the value could not be
    taken out again.
    """
    if value is not None:
        st.session_state.setdefault(key, value)
    return key


def _number(value: float | None) -> float | None:
    """A whole number of the journal, as the field expects it."""
    return None if value is None else float(value)


def _clock(at: datetime | None, zone: ZoneInfo) -> time | None:
    return None if at is None else at.astimezone(zone).time().replace(second=0, microsecond=0)


def _iso(at: datetime | None) -> str | None:
    return None if at is None else at.isoformat()


def _index(intervention: str | None) -> int | None:
    return list(INTERVENTIONS).index(intervention) if intervention in INTERVENTIONS else None
