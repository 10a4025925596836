"""A token logs and does nothing else: it reads nothing, opens nothing, and is kept as a hash."""

import json
import stat
import struct
import zlib
from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest

from dashboards.shell import one_tap
from dashboards.shell.gate import LOCAL_HOSTS, Gate
from dashboards.shell.icon import icon
from dashboards.shell.installable import LINKS, MANIFEST, SIZES, Installable
from tests.builders import RIGHT
from tests.dashboards.shell.test_gate import HERE, HOSTS, Inside, Visitor
from tightlog.domain.red_flags import who_to_see
from tightlog.errors import TokenRefused
from tightlog.home.arriving.log_tokens import bearer, log_tokens, make_token, revoke_token
from tightlog.home.settings import Home
from tightlog.journal.journal import read_journal

TODAY = date(2026, 5, 4)
JSON_TYPE = {"Content-Type": "application/json"}
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


@pytest.fixture
def token(home: Home) -> str:
    return make_token(home, "phone", TODAY)


@pytest.fixture
def inside() -> Inside:
    return Inside()


@pytest.fixture
def phone(home: Home, inside: Inside, token: str) -> Visitor:
    """A program in the network with a token and without the password."""
    visitor = Visitor(Gate(inside, HOSTS, home, home))
    visitor.headers["Authorization"] = f"Bearer {token}"
    return visitor


def scores(home: Home) -> list[float]:
    return [entry.score for entry in read_journal(home.journal).scores if entry.score is not None]


def test_a_score_is_on_disk_and_the_answer_tells_only_what_was_sent(
    phone: Visitor, home: Home, inside: Inside
) -> None:
    before = len(scores(home))
    answer = phone.post("/log", json={"score": 3, "moment": "morning", "note": "stiff"})
    assert answer.status_code == 201
    assert set(answer.json()) == {"logged", "entry"}
    assert answer.json()["logged"].startswith("tightness 3 on ")
    assert len(scores(home)) == before + 1 and inside.reached == []
    assert answer.headers["cache-control"] == "no-store"


def test_a_form_and_something_done_are_logged_too(phone: Visitor, home: Home) -> None:
    before = len(scores(home))
    assert phone.post("/log", content="score=2%2C5&moment=evening", headers=FORM).is_success
    assert phone.post("/log", json={"did": "S1", "minutes": 5}).status_code == 201
    assert len(scores(home)) == before + 1


def test_the_token_opens_nothing_else(phone: Visitor, inside: Inside) -> None:
    for method, path in (("GET", "/"), ("GET", "/trends"), ("POST", "/trends"), ("PUT", "/x")):
        assert phone.request(method, path).status_code == 401
    assert not phone.opens(Authorization=phone.headers["Authorization"])
    for method in ("GET", "HEAD", "PUT", "DELETE", "OPTIONS"):
        assert phone.request(method, "/log").status_code == 405
    assert phone.post("/log/", json={"score": 3}).status_code == 401
    assert inside.reached == []


@pytest.mark.parametrize(
    "given",
    ["", "Bearer", "Bearer ", "Bearer wrong", "Basic {t}", "{t}", "Bearer {t}x", "Bearer é"],
)
def test_without_the_token_nothing_is_logged(
    phone: Visitor, home: Home, token: str, given: str
) -> None:
    before = len(scores(home))
    header = given.format(t=token).encode("latin-1")
    answer = phone.post("/log", json={"score": 3}, headers={b"Authorization": header})
    assert (answer.status_code, answer.json()) == (401, {"problem": "a token is needed"})
    assert len(scores(home)) == before


def test_the_password_of_the_page_is_no_token(home: Home, inside: Inside, token: str) -> None:
    browser = Visitor(Gate(inside, HOSTS, home, home))
    browser.post("/", data={"password": RIGHT})
    assert browser.get("/").text == "inside"
    assert browser.post("/log", json={"score": 3}).status_code == 401
    assert browser.post(f"/log?token={token}", json={"score": 3}).status_code == 401


def test_on_this_machine_a_token_is_asked_for_as_well(
    home: Home, inside: Inside, token: str
) -> None:
    local = Visitor(Gate(inside, LOCAL_HOSTS, None, home), "http://127.0.0.1:8501")
    assert local.post("/log", json={"score": 3}).status_code == 401
    headers = {"Authorization": f"bearer {token}"}
    assert local.post("/log", json={"score": 3}, headers=headers).status_code == 201


def test_a_page_from_elsewhere_cannot_log(phone: Visitor, home: Home) -> None:
    before = len(scores(home))
    for headers in ({"Origin": "http://evil.example"}, {"Host": "evil.example:8501"}):
        assert phone.post("/log", json={"score": 3}, headers=headers).status_code == 403
    assert len(scores(home)) == before


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"score": 11},
        {"score": -1},
        {"score": "three"},
        {"score": True},
        {"score": float("nan")},
        {"score": 10**400},
        {"score": 3, "at": "never"},
        {"score": 3, "at": "2999-01-01"},
        {"score": 3, "moment": "noon"},
        {"score": 3, "red_flags": ["no such sign"]},
        {"score": 3, "red_flags": [1]},
        {"score": 3, "sharp": "maybe"},
        {"score": 3, "note": ["x"]},
        {"score": 3, "note": "x" * 2000},
        {"score": 3, "clear_red_flag": True},
        {"score": 3, "entry": "other"},
        {"did": "no such thing"},
        {"did": "S1", "minutes": "long"},
        {"did": "S1", "score": 3},
    ],
)
def test_what_cannot_be_logged_is_refused_with_a_reason(
    phone: Visitor, home: Home, fields: Mapping[str, Any]
) -> None:
    before = len(scores(home))
    content = json.dumps(fields)
    answer = phone.post("/log", content=content, headers={"Content-Type": "application/json"})
    assert answer.status_code == 400 and set(answer.json()) == {"problem"}
    assert str(home.folder) not in answer.text
    assert len(scores(home)) == before


@pytest.mark.parametrize(
    ("content", "kind", "status"),
    [
        (b"[3]", "application/json", 400),
        (b"[" * 4000, "application/json", 400),
        (b"\xff", "application/json", 400),
        (b"score=3", "text/plain", 400),
        (b"&".join([b"a=1"] * 30), "application/x-www-form-urlencoded", 400),
        (b" " * 5000, "application/json", 413),
    ],
)
def test_a_body_that_is_none_is_refused(
    phone: Visitor, content: bytes, kind: str, status: int
) -> None:
    answer = phone.post("/log", content=content, headers={"Content-Type": kind})
    assert answer.status_code == status


def test_a_warning_sign_says_who_to_see_and_not_what_stood_before(
    phone: Visitor, home: Home
) -> None:
    sent = phone.post("/log", json={"score": 6, "red_flags": ["saddle_numbness"]})
    assert sent.json()["see"] == who_to_see(("saddle_numbness",))
    assert "see" not in phone.post("/log", json={"score": 2}).json()


def test_a_diary_that_cannot_be_written_is_told_without_a_place(phone: Visitor, home: Home) -> None:
    home.journal.parent.mkdir(exist_ok=True)
    home.journal.unlink(missing_ok=True)
    home.journal.mkdir()
    answer = phone.post("/log", json={"score": 6, "red_flags": ["saddle_numbness"]})
    assert answer.status_code == 503 and who_to_see(("saddle_numbness",)) in answer.text
    assert str(home.folder) not in answer.text


def test_a_tap_sent_twice_counts_once(phone: Visitor, home: Home) -> None:
    before = len(scores(home))
    first, second = (phone.post("/log", json={"score": 4}) for _ in range(2))
    assert (first.status_code, second.status_code) == (201, 200)
    assert first.json() == second.json() and len(scores(home)) == before + 1
    phone.post("/log", json={"score": 5})
    assert len(scores(home)) == before + 2


def test_too_many_wait_and_strangers_keep_nobody_out(phone: Visitor, token: str) -> None:
    wrong = {"Authorization": "Bearer wrong"}
    answers = [phone.post("/log", json={}, headers=wrong) for _ in range(one_tap.STRANGERS + 1)]
    assert [one.status_code for one in answers[-2:]] == [401, 429]
    assert int(answers[-1].headers["retry-after"]) > 0
    statuses = [phone.post("/log", json={}).status_code for _ in range(one_tap.TAPS + 1)]
    assert statuses == [400] * one_tap.TAPS + [429]


def test_only_a_hash_is_kept_for_the_owner_only(home: Home, token: str) -> None:
    assert token not in home.log_tokens.read_text()
    assert stat.S_IMODE(home.log_tokens.stat().st_mode) == 0o600
    assert bearer(home, token) == "phone"


def test_a_revoked_token_is_refused_at_once(phone: Visitor, home: Home) -> None:
    make_token(home, "tag", TODAY)
    revoke_token(home, "phone")
    assert phone.post("/log", json={"score": 3}).status_code == 401
    assert [one.name for one in log_tokens(home)] == ["tag"]
    with pytest.raises(TokenRefused):
        revoke_token(home, "phone")


@pytest.mark.parametrize("text", ["{", "[]", '{"tokens": 3}', '{"tokens": [{"name": "x"}]}'])
def test_a_file_of_tokens_that_is_not_ours_lets_nobody_in(
    home: Home, token: str, text: str
) -> None:
    home.log_tokens.write_text(text)
    assert bearer(home, token) is None
    with pytest.raises(TokenRefused):
        make_token(home, "tag", TODAY)


def test_the_page_can_be_installed_and_its_parts_name_nobody(phone: Visitor) -> None:
    del phone.headers["Authorization"]
    manifest = phone.get(MANIFEST)
    assert manifest.headers["content-type"] == "application/manifest+json"
    for one in manifest.json()["icons"]:
        assert phone.get(one["src"]).headers["content-type"] == "image/png"
    assert phone.get(MANIFEST, headers={"Host": "evil.example"}).status_code == 403


@pytest.mark.parametrize("size", SIZES.values())
def test_the_icon_is_a_picture_of_its_size(size: int) -> None:
    data = icon(size)
    assert struct.unpack(">II", data[16:24]) == (size, size)
    start = data.index(b"IDAT") + 4
    length = struct.unpack(">I", data[start - 8 : start - 4])[0]
    assert len(zlib.decompress(data[start : start + length])) == size * (size * 3 + 1)


def test_a_page_gets_the_links_and_nothing_else_is_touched() -> None:
    from starlette.responses import HTMLResponse, PlainTextResponse
    from starlette.types import Receive, Scope, Send

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        page = "<html><head></head><body></head></body></html>"
        kind = HTMLResponse if scope["path"] == "/" else PlainTextResponse
        await kind(page)(scope, receive, send)

    visitor = Visitor(Installable(app), HERE)  # type: ignore[arg-type]
    page = visitor.get("/", headers={"Accept": "text/html"})
    assert page.content.count(LINKS) == 1 and int(page.headers["content-length"]) == len(
        page.content
    )
    assert LINKS not in visitor.get("/other", headers={"Accept": "text/html"}).content
    assert LINKS not in visitor.get("/").content


def test_a_field_sent_twice_is_refused_and_never_made_one_number(
    phone: Visitor, home: Home
) -> None:
    before = len(scores(home))
    for content, kind in (("score=3&score=9", FORM), ('{"score": 3, "score": 9}', JSON_TYPE)):
        answer = phone.post("/log", content=content, headers=kind)
        assert answer.status_code == 400 and "twice" in answer.json()["problem"]
    assert len(scores(home)) == before
    assert phone.post("/log", json={"did": None, "score": 3}).status_code == 201
