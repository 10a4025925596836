"""The pass a browser carries: who made it, how long it is worth something, and how it ends."""

import json
from hmac import digest
from pathlib import Path

import pytest
from itsdangerous import BadSignature, TimestampSigner

from dashboards.shell import passes
from dashboards.shell.passes import STAY_S, end_pass, is_valid_pass, signed_pass
from tests.builders import RIGHT
from tightlog.errors import NoPassword
from tightlog.home.password import set_password, stored_password
from tightlog.home.settings import Home, home_folder


def test_a_pass_holds_until_its_time_is_over(home: Home) -> None:
    stored = stored_password(home)
    given = signed_pass(stored, 1000)
    assert is_valid_pass(stored, given, 999.9)
    assert not is_valid_pass(stored, given, 1000.0)


def test_a_pass_cannot_be_made_longer_or_up(home: Home) -> None:
    stored = stored_password(home)
    claim, made, signature = signed_pass(stored, 1000).split(".")
    other = signed_pass(stored, 9999).split(".")
    assert not any(
        is_valid_pass(stored, given, 0)
        for given in (
            f"{other[0]}.{made}.{signature}",
            f"{claim}.{made}.{'0' * 43}",
            f"{claim}.{made}.",
            f"{claim}.{signature}",
            claim,
            "",
            ".",
            "..",
            "é",
            "\x00",
            f"{claim}..{signature}",
            f".{claim}.{made}.{signature}",
            f"{claim}.{made}.{signature} ",
        )
    )
    with pytest.raises(BadSignature):
        passes._serializer(stored).loads(f"{other[0]}.{made}.{signature}")


def test_a_pass_of_the_scheme_before_asks_for_the_password_again(home: Home) -> None:
    stored = stored_password(home)
    claim = "99999999999.0123456789abcdef"
    old = f"{claim}.{digest(bytes.fromhex(stored.signing_key), claim.encode(), 'sha256').hex()}"
    assert not is_valid_pass(stored, old, 0)


def test_no_pass_outlives_the_longest_stay_whatever_it_says(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    stored = stored_password(home)
    given = signed_pass(stored, 2**40)
    made_s = TimestampSigner("x").get_timestamp()
    monkeypatch.setattr(TimestampSigner, "get_timestamp", lambda signer: made_s + STAY_S - 5)
    assert is_valid_pass(stored, given, 0)
    monkeypatch.setattr(TimestampSigner, "get_timestamp", lambda signer: made_s + STAY_S + 5)
    assert not is_valid_pass(stored, given, 0)


def test_a_new_password_ends_every_pass(home: Home) -> None:
    given = signed_pass(stored_password(home), 1000)
    set_password(home, RIGHT)
    assert not is_valid_pass(stored_password(home), given, 0)


def test_an_ended_pass_is_worth_nothing_and_no_other_is_touched(home: Home) -> None:
    stored = stored_password(home)
    given, other = signed_pass(stored, 1000), signed_pass(stored, 1000)
    end_pass(home, given, 0)
    assert not is_valid_pass(stored_password(home), given, 0)
    assert is_valid_pass(stored_password(home), other, 0)


@pytest.mark.parametrize("until_s", [10, 1000])
def test_only_a_valid_pass_can_be_ended(home: Home, until_s: int) -> None:
    given = signed_pass(stored_password(home), until_s)
    for text in ("", "x", given if until_s == 10 else given[:-2]):
        end_pass(home, text, 20)
    assert json.loads(home.dashboard_password.read_text()).get("signed_out", {}) == {}


def test_without_a_password_there_is_no_pass_to_end(tmp_path: Path) -> None:
    with pytest.raises(NoPassword):
        end_pass(home_folder(str(tmp_path)), "x", 0)
