"""How long a wrong password makes one wait, and how long a sign-in lasts, at their borders."""

import asyncio
import time
from http.cookies import SimpleCookie
from urllib.parse import urlencode

import pytest
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Message

from dashboards.shell.passes import cookie_name, door_of, is_valid_pass
from dashboards.shell.sign_in import Attempts, sign_in_answer
from tests.builders import RIGHT
from tightlog.home.password import stored_password
from tightlog.home.settings import Home

PORT = 8501
HOUR_S, DAY_S = 3600, 86_400


def answer_to(home: Home, attempts: Attempts, **form: str) -> Response:
    async def receive() -> Message:
        return {"type": "http.request", "body": urlencode(form).encode(), "more_body": False}

    scope = {"type": "http", "method": "POST", "path": "/", "headers": [], "query_string": b""}
    request = Request({**scope, "server": ("127.0.0.1", PORT)}, receive)
    return asyncio.run(sign_in_answer(door_of(home), request, attempts))


def test_each_failure_doubles_the_wait_up_to_a_minute() -> None:
    attempts = Attempts()
    waits = []
    for _ in range(8):
        attempts.failed(1000.0)
        waits.append(attempts.wait_s(1000.0))
    assert waits == [1, 2, 4, 8, 16, 32, 60, 60]
    assert attempts.wait_s(1059.9) > 0
    assert attempts.wait_s(1060.0) == 0


def test_a_wrong_password_makes_even_the_right_one_wait(guarded_home: Home) -> None:
    attempts = Attempts()
    assert answer_to(guarded_home, attempts, password="wrong").status_code == 401
    assert answer_to(guarded_home, attempts, password=RIGHT).status_code == 429


@pytest.mark.parametrize(
    ("form", "lasts_s"), [({}, 12 * HOUR_S), ({"stay": "on"}, 30 * DAY_S)], ids=["session", "stay"]
)
def test_a_sign_in_lasts_half_a_day_and_a_stay_thirty_days(
    guarded_home: Home, form: dict[str, str], lasts_s: int
) -> None:
    before_s = time.time()
    answer = answer_to(guarded_home, Attempts(), password=RIGHT, **form)
    after_s = time.time()
    cookie = SimpleCookie(answer.headers["set-cookie"])[cookie_name(PORT)]
    stored = stored_password(guarded_home)
    assert is_valid_pass(stored, cookie.value, before_s + lasts_s - 1)
    assert not is_valid_pass(stored, cookie.value, after_s + lasts_s)
    assert cookie["max-age"] == ("" if lasts_s < DAY_S else str(lasts_s))
