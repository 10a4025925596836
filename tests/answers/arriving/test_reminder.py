"""One reminder a day, only when no score was given, and never a word about health in it."""

import json
import threading
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from io import StringIO
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from tests.builders import home_at
from tightlog.answers.actions import entries, trials
from tightlog.answers.arriving.reminder import SCORE, TEXTS, TOSS, send_due
from tightlog.cli.main import main
from tightlog.home.arriving.keys import keep
from tightlog.home.settings import Home, settings_of
from tightlog.nightly.nights import note_night

WORD = "address-secret-31"


class Webhook(NamedTuple):
    """A receiver on this machine: its address and what came."""

    address: str
    came: list[dict[str, Any]]


@pytest.fixture
def webhook() -> Iterator[Webhook]:
    came: list[dict[str, Any]] = []

    class Receiver(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            came.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(200)
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:
            """Says nothing."""

    server = HTTPServer(("127.0.0.1", 0), Receiver)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield Webhook(f"json://127.0.0.1:{server.server_port}/{WORD}", came)
    server.shutdown()
    server.server_close()


@pytest.fixture
def home(tmp_path: Path, webhook: Webhook) -> Home:
    home = home_at(tmp_path / "home")
    home.settings_file.write_text(
        'time_zone = "Europe/Zurich"\n[remind]\nat = "20:00"\nto = ["phone"]\n'
        'notices = ["red_flag", "failed_night"]\nlink = "http://192.168.1.20:8501/"\n'
    )
    keep(home, "remind", {"phone": webhook.address})
    return home


def now_in(home: Home) -> datetime:
    return datetime.now(settings_of(home).zone)


def today(home: Home) -> date:
    return now_in(home).date()


def test_a_missing_score_is_reminded_of_once_a_day(home: Home, webhook: Webhook) -> None:
    settings = settings_of(home)
    assert send_due(home, settings, now_in(home)).kinds == (SCORE,)
    assert send_due(home, settings, now_in(home)).kinds == ()
    assert send_due(home, settings, now_in(home) + timedelta(days=1)).kinds == (SCORE,)
    assert [one["message"] for one in webhook.came] == [
        f"{TEXTS[SCORE]} http://192.168.1.20:8501/"
    ] * 2


def test_after_a_score_nothing_is_sent(home: Home, webhook: Webhook) -> None:
    entries.give_score(home, 3, entries.moment(home, None))
    assert send_due(home, settings_of(home), now_in(home)).kinds == ()
    assert webhook.came == []


def test_a_score_in_a_file_counts_as_given(home: Home, webhook: Webhook) -> None:
    from tightlog.refresh.refresh import refresh

    (home.raw / "scores.csv").write_text(f"date,tightness\n{today(home)},3\n")
    refresh(home, settings_of(home))
    assert send_due(home, settings_of(home), now_in(home)).kinds == ()


def test_a_toss_that_waits_is_told_without_what_it_says(home: Home, webhook: Webhook) -> None:
    day = today(home)
    trials.plan(home, "cat-cow", day)
    trials.start(home, day)
    entries.give_score(home, 4, entries.moment(home, None), part_of_day="morning")
    assert send_due(home, settings_of(home), now_in(home)).kinds == (TOSS,)
    made = trials.toss(home, day)
    (message,) = (one["message"] for one in webhook.came)
    assert "cat" not in message.casefold() and "do it" not in message.casefold()
    assert made.day == day and message.startswith(TEXTS[TOSS])


def test_notices_come_once_each_and_name_nothing(home: Home, webhook: Webhook) -> None:
    entries.raise_red_flag(home, entries.moment(home, None), red_flags=["saddle_numbness"])
    note_night(home, now_in(home), "the disk is full of saddle_numbness")
    settings = settings_of(home)
    assert len(send_due(home, settings, now_in(home), asks_score=False).kinds) == 2
    assert send_due(home, settings, now_in(home), asks_score=False).kinds == ()
    (message,) = (one["message"] for one in webhook.came)
    assert "numb" not in message and "disk" not in message and "flag" not in message


def test_what_reached_nobody_is_tried_again(home: Home, webhook: Webhook) -> None:
    keep(home, "remind", {"phone": "json://127.0.0.1:9/nobody"})
    sent = send_due(home, settings_of(home), now_in(home))
    assert sent.failed == ("phone",)
    keep(home, "remind", {"phone": webhook.address})
    assert send_due(home, settings_of(home), now_in(home)).failed == ()
    assert len(webhook.came) == 1


def test_the_command_sets_tests_and_sends_and_shows_no_address(
    home: Home,
    webhook: Webhook,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def run(*words: str, given: str = "") -> int:
        monkeypatch.setattr("sys.stdin", StringIO(given))
        return main(["--home", str(home.folder), "remind", *words])

    assert run("--set", "phone", given=f"{webhook.address}\n") == 0
    assert run("--set", "phone", given=f"nonsense{WORD}\n") == 1
    assert run("--test") == 0 and run("--dry-run") == 0 and run() == 0 and run() == 0
    assert [one["message"].split()[0] for one in webhook.came] == ["This", "Today's"]
    told = capsys.readouterr()
    assert WORD not in told.out + told.err
