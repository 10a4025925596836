"""What the browser says of a routine: checked, and in the diary at most once."""

import re
from datetime import UTC, datetime
from threading import Thread
from typing import Any

import pytest

from dashboards.routine.guide import FOLDER, SENTENCES, done_of, log_once
from dashboards.shown.data import View
from tightlog.home.settings import Home, Settings
from tightlog.journal.journal import read_journal

PLANK = {"intervention": "C1", "minutes": 1.5}


def seen(home: Home) -> View:
    return View(home, Settings("UTC"), None, 0, datetime.now(UTC).date())


@pytest.mark.parametrize(
    ("said", "done"),
    [
        ({"token": "a", "done": [PLANK]}, ("a", (("C1", 1.5),))),
        ({"token": "a", "done": [PLANK, PLANK]}, ("a", (("C1", 1.5),))),
        ({"token": "a", "done": [{"intervention": "X7", "minutes": 1}]}, ("a", ())),
        ({"token": "a", "done": [{"intervention": "C1", "minutes": "1"}]}, ("a", ())),
        ({"token": "a", "done": [{"intervention": "C1", "minutes": float("nan")}]}, ("a", ())),
        ({"token": "a", "done": [{"intervention": "C1", "minutes": 0}]}, ("a", ())),
        ({"token": "a", "done": [{"intervention": "C1", "minutes": 301}]}, ("a", ())),
        ({"token": "a", "done": [{"intervention": ["C1"], "minutes": 1}, None]}, ("a", ())),
        ({"token": "a", "done": None}, ("a", ())),
        ({"token": 5, "done": [PLANK]}, ("", ())),
        ("anything", ("", ())),
    ],
)
def test_only_times_of_this_routine_are_taken(said: Any, done: Any) -> None:
    assert done_of(said, ["C1", "S1"]) == done


def test_a_routine_sent_again_and_again_is_logged_once(empty_home: Home) -> None:
    senders = [
        Thread(target=log_once, args=(seen(empty_home), "token of this test", [("C1", 1.5)]))
        for _ in range(4)
    ]
    for sender in senders:
        sender.start()
    for sender in senders:
        sender.join()
    logged = read_journal(empty_home.journal).interventions
    assert [(one.intervention, one.minutes) for one in logged] == [("C1", 1.5)]


def test_a_second_routine_of_the_day_is_logged_too(empty_home: Home) -> None:
    for token in ("the first of two", "the second of two"):
        log_once(seen(empty_home), token, [("C1", 1.5)])
    assert len(read_journal(empty_home.journal).interventions) == 2


def test_nothing_is_logged_without_a_token(empty_home: Home) -> None:
    log_once(seen(empty_home), "", [("C1", 1.5)])
    assert read_journal(empty_home.journal).interventions == ()


def test_what_the_guide_says_is_known_to_the_catalogue() -> None:
    script = (FOLDER / "guide.js").read_text(encoding="utf-8")
    markup = (FOLDER / "guide.html").read_text(encoding="utf-8")
    said = re.findall(r'say\("([^"]+)"', script)
    said += re.findall(r'(?:ready|work|rest|switch|waiting|running|paused): "([^"]+)"', script)
    said += re.findall(r">([A-Z][^<]+)</button>", markup)
    said += re.findall(r'aria-label="([^"]+)"', markup)
    assert len(said) > 25
    assert set(said) <= set(SENTENCES)
    for text in set(SENTENCES) - {"left side", "right side"}:
        assert f'"{text}"' in script + markup or f">{text}<" in markup, text
