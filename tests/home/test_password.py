"""The password of `dashboard --lan`: what is kept of it, and of who signed out."""

import errno
import json
import stat
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from tests.builders import RIGHT
from tightlog.errors import NoPassword, PasswordTooShort, PasswordUnreadable
from tightlog.home.password import end_session, matches, set_password, stored_password
from tightlog.home.settings import Home, home_folder


@pytest.fixture
def home(guarded_home: Home) -> Home:
    return guarded_home


def test_only_its_owner_can_read_the_file_and_the_password_is_not_in_it(home: Home) -> None:
    assert stat.S_IMODE(home.dashboard_password.stat().st_mode) == 0o600
    assert home.raw not in home.dashboard_password.parents
    text = home.dashboard_password.read_text()
    assert RIGHT not in text and RIGHT.encode().hex() not in text
    assert json.loads(text)["scheme"] == "scrypt"


def test_the_password_matches_and_no_other(home: Home) -> None:
    stored = stored_password(home)
    assert matches(stored, RIGHT)
    assert not any(matches(stored, other) for other in ("", RIGHT.upper(), f"{RIGHT} ", RIGHT[:-1]))


def test_a_guess_costs_32_megabytes_and_a_quarter_of_a_second(home: Home) -> None:
    # The strength that OWASP's Password Storage Cheat Sheet asks for.
    stored = stored_password(home)
    assert (stored.n, stored.r, stored.p) == (32_768, 8, 3)


def test_one_password_hashes_differently_in_two_homes(home: Home, tmp_path: Path) -> None:
    other = home_folder(str(tmp_path / "other"))
    set_password(other, RIGHT)
    assert stored_password(other).hash != stored_password(home).hash


def test_an_accent_typed_in_one_piece_or_two_is_the_same(home: Home) -> None:
    set_password(home, "cafe\u0301 creme")
    assert matches(stored_password(home), "caf\u00e9 creme")


def test_a_short_password_is_refused_and_the_old_one_stays(home: Home) -> None:
    with pytest.raises(PasswordTooShort):
        set_password(home, "1234567")
    assert matches(stored_password(home), RIGHT)
    set_password(home, "12345678")


def test_no_password_says_how_to_set_one(tmp_path: Path) -> None:
    with pytest.raises(NoPassword, match="--set-password"):
        stored_password(home_folder(str(tmp_path)))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{}",
        "[]",
        '{"scheme": "plain"}',
        '{"scheme":"scrypt","n":1,"r":1,"p":1,"salt":"","hash":"","signing_key":""}',
    ],
)
def test_a_file_that_is_not_ours_lets_nobody_in(home: Home, text: str) -> None:
    home.dashboard_password.write_text(text)
    with pytest.raises(PasswordUnreadable, match="--set-password"):
        stored_password(home)


@pytest.mark.parametrize("signed_out", [None, [], 1, "a", {"a": "soon"}, {"a": None}])
def test_a_list_of_sign_outs_that_is_not_ours_lets_nobody_in(
    home: Home, signed_out: object
) -> None:
    written = json.loads(home.dashboard_password.read_text())
    home.dashboard_password.write_text(json.dumps(written | {"signed_out": signed_out}))
    with pytest.raises(PasswordUnreadable, match="--set-password"):
        stored_password(home)


def test_a_password_stored_before_there_was_a_sign_out_is_still_one(home: Home) -> None:
    written = json.loads(home.dashboard_password.read_text())
    written.pop("signed_out", None)
    home.dashboard_password.write_text(json.dumps(written))
    assert matches(stored_password(home), RIGHT)


def test_a_sign_out_is_kept_until_it_would_have_ended_anyway_and_the_password_stays(
    home: Home,
) -> None:
    before = stored_password(home)
    end_session(home, "first", 1000, now_s=900)
    end_session(home, "second", 2000, now_s=950)
    assert stored_password(home).signed_out == {"first": 1000, "second": 2000}
    end_session(home, "third", 2000, now_s=1500)
    assert stored_password(home).signed_out == {"second": 2000, "third": 2000}
    assert stored_password(home) == replace(before, signed_out={"second": 2000, "third": 2000})
    assert stat.S_IMODE(home.dashboard_password.stat().st_mode) == 0o600


def test_many_who_sign_out_while_the_password_changes_undo_neither(home: Home) -> None:
    with ThreadPoolExecutor(6) as pool:
        changed = pool.submit(set_password, home, "other easy words")
        list(pool.map(lambda number: end_session(home, f"{number}", 2000, 1000), range(20)))
        changed.result()
    assert matches(stored_password(home), "other easy words")
    for number in range(20):
        end_session(home, f"{number}", 2000, 1000)
    assert len(stored_password(home).signed_out) == 20


def test_a_sign_out_that_cannot_be_written_leaves_the_password_as_it_was(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = home.dashboard_password.read_bytes()

    def full(handle: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(OSError, match="No space left"):
        end_session(home, "first", 1000, now_s=900)
    assert home.dashboard_password.read_bytes() == before
