"""The password of `dashboard --lan`: what is kept of it, and what its signed passes are worth."""

import json
import stat

import pytest

from tests.builders import RIGHT
from tightlog.errors import NoPassword, PasswordTooShort, PasswordUnreadable
from tightlog.password import is_valid_pass, matches, set_password, signed_pass, stored_password
from tightlog.settings import Home, home_folder


@pytest.fixture
def home(guarded_home: Home) -> Home:
    return guarded_home


def test_only_its_owner_can_read_the_file_and_the_password_is_not_in_it(home):
    assert stat.S_IMODE(home.dashboard_password.stat().st_mode) == 0o600
    assert home.raw not in home.dashboard_password.parents
    text = home.dashboard_password.read_text()
    assert RIGHT not in text and RIGHT.encode().hex() not in text
    assert json.loads(text)["scheme"] == "scrypt"


def test_the_password_matches_and_no_other(home):
    stored = stored_password(home)
    assert matches(stored, RIGHT)
    assert not any(matches(stored, other) for other in ("", RIGHT.upper(), f"{RIGHT} ", RIGHT[:-1]))


def test_one_password_hashes_differently_in_two_homes(home, tmp_path):
    other = home_folder(str(tmp_path / "other"))
    set_password(other, RIGHT)
    assert stored_password(other).hash != stored_password(home).hash


def test_an_accent_typed_in_one_piece_or_two_is_the_same(home):
    set_password(home, "cafe\u0301 creme")
    assert matches(stored_password(home), "caf\u00e9 creme")


def test_a_short_password_is_refused_and_the_old_one_stays(home):
    with pytest.raises(PasswordTooShort):
        set_password(home, "1234567")
    assert matches(stored_password(home), RIGHT)
    set_password(home, "12345678")


def test_no_password_says_how_to_set_one(tmp_path):
    with pytest.raises(NoPassword, match="--set-password"):
        stored_password(home_folder(str(tmp_path)))


@pytest.mark.parametrize("text", [
    "", "{}", "[]", '{"scheme": "plain"}', '{"scheme":"scrypt","n":1,"r":1,"p":1,"salt":"","hash":"","signing_key":""}'])
def test_a_file_that_is_not_ours_lets_nobody_in(home, text):
    home.dashboard_password.write_text(text)
    with pytest.raises(PasswordUnreadable, match="--set-password"):
        stored_password(home)


def test_a_pass_holds_until_its_time_is_over(home):
    stored = stored_password(home)
    given = signed_pass(stored, 1000)
    assert is_valid_pass(stored, given, 999.9)
    assert not is_valid_pass(stored, given, 1000.0)


def test_a_pass_cannot_be_made_longer_or_up(home):
    stored = stored_password(home)
    until, nonce, signature = signed_pass(stored, 1000).split(".")
    assert not any(is_valid_pass(stored, given, 0) for given in (
        f"9999.{nonce}.{signature}", f"{until}.{nonce}.{'0' * 64}", f"{until}.{nonce}.", "", ".", "é", f"{until}..{signature}"))


def test_a_new_password_ends_every_pass(home):
    given = signed_pass(stored_password(home), 1000)
    set_password(home, RIGHT)
    assert not is_valid_pass(stored_password(home), given, 0)
