"""The gate: nobody without the password, nothing from strange hosts or origins, and no guessing
in a hurry.
"""

import asyncio
import time

import httpx
import pytest
from starlette.responses import PlainTextResponse
from starlette.types import Message, Receive, Scope, Send

from dashboards.shell.gate import LOCAL_HOSTS, Gate
from dashboards.shell.passes import end_pass, guarded_home, is_admitted, signed_pass
from dashboards.shell.sign_in import Attempts, sign_in_page
from tests.builders import RIGHT
from tightlog.home.password import set_password, stored_password
from tightlog.home.settings import Home

HOSTS = ("192.168.1.20", "laptop", "laptop.local")
HERE = "http://192.168.1.20:8501"
COOKIE = "tightlog_8501"


class Inside:
    """What lies behind the gate: answers everything, and remembers that it was reached."""

    def __init__(self) -> None:
        self.reached: list[str] = []

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self.reached.append(scope["path"])
        if scope["type"] == "websocket":
            await send({"type": "websocket.accept"})
            return
        await PlainTextResponse("inside")(scope, receive, send)


class Visitor(httpx.Client):
    """A browser before the gate, with its cookies."""

    def __init__(self, gate: Gate, address: str = HERE) -> None:
        super().__init__(base_url=address, transport=Transport(gate))
        self.gate = gate

    def opens(self, **headers: str) -> bool:
        """True when a websocket is accepted."""
        sent: list[Message] = []
        given = {
            "Host": self.base_url.netloc.decode(),
            "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
            **headers,
        }
        scope = {
            "type": "websocket",
            "path": "/_stcore/stream",
            "server": (self.base_url.host, self.base_url.port),
            "headers": [(name.lower().encode(), value.encode()) for name, value in given.items()],
        }
        asyncio.run(self.gate(scope, silence, lambda message: appended(sent, message)))
        assert sent in ([{"type": "websocket.accept"}], [{"type": "websocket.close", "code": 1008}])
        return sent == [{"type": "websocket.accept"}]


class Transport(httpx.BaseTransport):
    """One request through the gate, each in an event loop of its own."""

    def __init__(self, gate: Gate) -> None:
        self.through = httpx.ASGITransport(gate)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        async def answered() -> httpx.Response:
            answer = await self.through.handle_async_request(request)
            return httpx.Response(
                answer.status_code, headers=answer.headers, content=await answer.aread()
            )

        request.stream = httpx.ByteStream(request.read())
        return asyncio.run(answered())


async def silence() -> Message:
    raise AssertionError("nothing is asked of a visitor before an answer")


async def appended(to: list[Message], message: Message) -> None:
    to.append(message)


@pytest.fixture
def inside() -> Inside:
    return Inside()


@pytest.fixture
def visitor(home: Home, inside: Inside) -> Visitor:
    return Visitor(Gate(inside, HOSTS, home))


@pytest.fixture
def local(inside: Inside) -> Visitor:
    return Visitor(Gate(inside, LOCAL_HOSTS, None), "http://127.0.0.1:8501")


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/"),
        ("GET", "/trends"),
        ("GET", "/media/abc.csv"),
        ("GET", "/_stcore/health"),
        ("GET", "/_stcore/metrics"),
        ("GET", "/static/x.js"),
        ("PUT", "/_stcore/upload_file/session/file"),
        ("DELETE", "/_stcore/upload_file/session/file"),
        ("POST", "/_stcore/agent/interact"),
        ("OPTIONS", "/"),
        ("HEAD", "/files"),
    ],
)
def test_without_the_password_nothing_inside_is_reached(
    visitor: Visitor, inside: Inside, method: str, path: str
) -> None:
    answer = visitor.request(method, path)
    assert answer.status_code == 401 and "inside" not in answer.text
    assert visitor.get(path, headers={"Accept": "text/html"}).text.count("<form") == 1
    assert not visitor.opens()
    assert inside.reached == [] and visitor.gate.attempts.failures == 0


def test_the_password_opens_pages_and_websocket_and_leads_where_one_was_going(
    visitor: Visitor, inside: Inside
) -> None:
    answer = visitor.post("/trends", data={"password": RIGHT})
    assert (answer.status_code, answer.headers["location"]) == (303, "/trends")
    assert {"HttpOnly", "SameSite=strict"} <= set(
        answer.headers["set-cookie"].split("; ")
    ) and "Max-Age" not in answer.headers["set-cookie"]
    assert visitor.get("/trends").text == "inside" and visitor.opens()
    assert inside.reached == ["/trends", "/_stcore/stream"]


def test_staying_signed_in_outlives_the_browser_for_30_days(visitor: Visitor) -> None:
    assert (
        "Max-Age=2592000"
        in visitor.post("/", data={"password": RIGHT, "stay": "1"}).headers["set-cookie"]
    )


@pytest.mark.parametrize("given", ["", "three easy word", RIGHT.upper(), "x" * 5000])
def test_another_password_opens_nothing_and_sets_no_cookie(
    visitor: Visitor, inside: Inside, given: str
) -> None:
    answer = visitor.post("/", data={"password": given})
    assert answer.status_code == 401 and "set-cookie" not in answer.headers
    assert "Wrong password." in answer.text and inside.reached == []


def test_a_form_longer_than_any_password_is_not_read(visitor: Visitor) -> None:
    assert visitor.post("/", data={"password": RIGHT, "more": "x" * 5000}).status_code == 401


def test_each_failure_makes_everybody_wait_longer_up_to_a_minute() -> None:
    attempts, waits = Attempts(), []
    for _ in range(9):
        attempts.failed(1000.0)
        waits.append(attempts.wait_s(1000.0))
    assert waits == [1, 2, 4, 8, 16, 32, 60, 60, 60]
    assert attempts.wait_s(1059.5) == 0.5 and attempts.wait_s(1061.0) == 0


def test_right_after_a_wrong_password_even_the_right_one_has_to_wait(
    visitor: Visitor, home: Home, inside: Inside
) -> None:
    visitor.post("/", data={"password": "wrong wrong"})
    stranger = Visitor(visitor.gate)
    answer = stranger.post("/", data={"password": RIGHT})
    assert (answer.status_code, answer.headers["retry-after"]) == (
        429,
        "1",
    ) and "set-cookie" not in answer.headers
    visitor.gate.attempts.allowed_at_s = 0
    assert visitor.post("/", data={"password": RIGHT}).status_code == 303
    assert visitor.gate.attempts.failures == 0


def test_many_guesses_at_once_count_as_one(home: Home, inside: Inside) -> None:
    async def guess_five_times() -> list[httpx.Response]:
        transport = httpx.ASGITransport(Gate(inside, HOSTS, home))
        async with httpx.AsyncClient(transport=transport, base_url=HERE) as client:
            return await asyncio.gather(
                *(
                    client.post("/", data={"password": f"guess number {number}"})
                    for number in range(5)
                )
            )

    assert sorted(answer.status_code for answer in asyncio.run(guess_five_times())) == [
        401,
        429,
        429,
        429,
        429,
    ]


def test_a_new_password_or_none_signs_everyone_out(visitor: Visitor, home: Home) -> None:
    visitor.post("/", data={"password": RIGHT})
    assert visitor.get("/").status_code == 200
    set_password(home, "other easy words")
    assert visitor.get("/").status_code == 401
    home.dashboard_password.unlink()
    assert (
        visitor.get("/").status_code == 401
        and visitor.post("/", data={"password": RIGHT}).status_code == 403
    )


def test_signing_out_takes_the_cookie_and_ends_every_copy_of_it(
    visitor: Visitor, home: Home, inside: Inside
) -> None:
    visitor.post("/", data={"password": RIGHT, "stay": "1"})
    thief, other = Visitor(visitor.gate), Visitor(visitor.gate)
    thief.cookies.set(COOKIE, visitor.cookies[COOKIE])
    other.cookies.set(COOKIE, signed_pass(stored_password(home), 2**40))
    assert thief.get("/").status_code == 200
    answer = visitor.post("/sign-out", headers={"Origin": HERE})
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    assert answer.headers["cache-control"] == "no-store"
    assert COOKIE not in visitor.cookies and "Max-Age=0" in answer.headers["set-cookie"]
    assert visitor.get("/").status_code == 401
    assert thief.get("/").status_code == 401 and not thief.opens()
    assert other.get("/").status_code == 200 and other.opens()
    # A dashboard started anew knows it too.
    again = Visitor(Gate(inside, HOSTS, home))
    again.cookies.set(COOKIE, thief.cookies[COOKIE])
    assert again.get("/").status_code == 401
    assert "/sign-out" not in inside.reached


@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT", "OPTIONS"])
def test_only_the_button_signs_out_whatever_fetches_the_address_just_asks(
    visitor: Visitor, method: str
) -> None:
    visitor.post("/", data={"password": RIGHT})
    answer = visitor.request(method, "/sign-out")
    assert answer.status_code == 200 and "set-cookie" not in answer.headers
    assert method == "HEAD" or answer.text.count("<form") == 1
    assert visitor.get("/").status_code == 200


@pytest.mark.parametrize("origin", ["http://evil.example", "http://127.0.0.1:3000", "null"])
def test_a_page_from_elsewhere_signs_nobody_out(visitor: Visitor, origin: str) -> None:
    visitor.post("/", data={"password": RIGHT})
    assert visitor.post("/sign-out", headers={"Origin": origin}).status_code == 403
    assert visitor.get("/").status_code == 200


def test_who_is_not_signed_in_cannot_sign_out_and_that_is_no_failed_password(
    visitor: Visitor, home: Home, inside: Inside
) -> None:
    before = home.dashboard_password.read_bytes()
    for method in ("GET", "POST"):
        answer = visitor.request(method, "/sign-out", data={"x": "1"} if method == "POST" else None)
        assert (answer.status_code, answer.headers["location"]) == (303, "/")
    assert visitor.gate.attempts.failures == 0 and inside.reached == []
    assert home.dashboard_password.read_bytes() == before


def test_on_this_machine_only_there_is_nobody_to_sign_out(local: Visitor, inside: Inside) -> None:
    assert local.post("/sign-out").text == "inside" and inside.reached == ["/sign-out"]


def test_a_sign_out_that_cannot_be_stored_takes_the_cookie_and_says_so(
    visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    visitor.post("/", data={"password": RIGHT})

    def full(home: Home, given: str, now_s: float) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("dashboards.shell.sign_in.end_pass", full)
    answer = visitor.post("/sign-out")
    assert answer.status_code == 500 and "set a new password" in answer.text
    assert COOKIE not in visitor.cookies and 'action="/"' in answer.text


@pytest.mark.parametrize("ends", ["sign-out", "new password", "time"])
def test_a_page_already_open_hears_nothing_more_once_its_pass_has_ended(
    home: Home, monkeypatch: pytest.MonkeyPatch, ends: str
) -> None:
    heard: list[str] = []
    sent: list[Message] = []

    async def echo(scope: Scope, receive: Receive, send: Send) -> None:
        while (message := await receive())["type"] == "websocket.receive":
            heard.append(message["text"])
            await send({"type": "websocket.send", "text": message["text"]})
        heard.append(message["type"])

    given = signed_pass(stored_password(home), int(time.time()) + 60)
    cookie = f"{COOKIE}={given}".encode()
    scope = {
        "type": "websocket",
        "path": "/_stcore/stream",
        "server": ("192.168.1.20", 8501),
        "headers": [(b"host", b"192.168.1.20:8501"), (b"cookie", cookie)],
    }

    async def receive() -> Message:
        if heard == ["first"]:
            if ends == "sign-out":
                end_pass(home, given, 0)
            elif ends == "new password":
                set_password(home, "other easy words")
            else:
                later = time.time() + 61
                monkeypatch.setattr("time.time", lambda: later)
        return {"type": "websocket.receive", "text": "second" if heard else "first"}

    asyncio.run(Gate(echo, HOSTS, home)(scope, receive, lambda message: appended(sent, message)))
    assert heard == ["first", "websocket.disconnect"]
    closed = {"type": "websocket.close", "code": 1008}
    assert sent == [{"type": "websocket.send", "text": "first"}, closed]


def test_what_a_sign_in_page_says_is_text() -> None:
    page = sign_in_page("<script>alert('1')</script>", goal='"><script>')
    assert "<script>" not in page and "&lt;script&gt;" in page


def test_a_pass_for_one_port_is_none_for_another(
    home: Home, visitor: Visitor, inside: Inside
) -> None:
    visitor.cookies.set("tightlog_8502", signed_pass(stored_password(home), 2**40))
    assert visitor.get("/").status_code == 401
    visitor.cookies.set(COOKIE, signed_pass(stored_password(home), 2**40))
    assert visitor.get("/").status_code == 200


@pytest.mark.parametrize(
    ("path", "leads_to"),
    [
        ("//evil.example", "/evil.example"),
        ("/\\evil.example", "/evil.example"),
        ("/a%0d%0ab: c", "/a%0D%0Ab%3A%20c"),
    ],
)
def test_signing_in_never_leads_to_another_host(visitor: Visitor, path: str, leads_to: str) -> None:
    assert (
        visitor.post(httpx.URL(HERE + path), data={"password": RIGHT}).headers["location"]
        == leads_to
    )


@pytest.mark.parametrize(
    "host",
    [
        "evil.example:8501",
        "192.168.1.20.evil.example",
        "evil.example@192.168.1.20",
        "192.168.1.20:8501/x",
        "192.168.1.20;x",
        "",
        "[::1",
    ],
)
def test_a_strange_host_is_refused_with_or_without_password(
    home: Home, visitor: Visitor, local: Visitor, inside: Inside, host: str
) -> None:
    visitor.cookies.set(COOKIE, signed_pass(stored_password(home), 2**40))
    for client in (visitor, local):
        assert client.get("/", headers={"Host": host}).status_code == 403
        assert not client.opens(Host=host)
    assert inside.reached == []


@pytest.mark.parametrize(
    "origin",
    [
        "http://evil.example",
        "http://127.0.0.1:3000",
        "http://localhost:3000",
        "null",
        "http://192.168.1.20",
    ],
)
def test_a_page_from_elsewhere_opens_nothing_not_even_from_another_port_of_this_machine(
    home: Home, visitor: Visitor, local: Visitor, inside: Inside, origin: str
) -> None:
    visitor.cookies.set(COOKIE, signed_pass(stored_password(home), 2**40))
    for client in (visitor, local):
        assert not client.opens(Origin=origin)
        assert client.put("/_stcore/upload_file/a/b", headers={"Origin": origin}).status_code == 403
    assert inside.reached == []


def test_the_own_origin_opens_on_every_name_of_this_machine(
    home: Home, visitor: Visitor, local: Visitor
) -> None:
    visitor.cookies.set(COOKIE, signed_pass(stored_password(home), 2**40))
    assert visitor.opens(Origin=HERE)
    assert local.opens(Origin="http://127.0.0.1:8501")
    assert local.opens(Host="localhost:8501", Origin="http://localhost:8501")
    assert local.get("/", headers={"Host": "LOCALHOST:8501"}).text == "inside"


def test_browsers_may_send_nothing_elsewhere_and_show_the_pages_in_no_frame(
    visitor: Visitor, local: Visitor
) -> None:
    for answer in (local.get("/"), visitor.get("/", headers={"Accept": "text/html"})):
        policy = answer.headers["content-security-policy"]
        assert "frame-ancestors 'none'" in policy and "default-src 'self'" in policy
        assert "http://" not in policy and "https:" not in policy and "*" not in policy


@pytest.mark.parametrize(
    ("address", "is_guarded"),
    [
        ("127.0.0.1", False),
        ("::1", False),
        ("localhost", False),
        ("192.168.1.20", True),
        ("0.0.0.0", True),
        (None, True),
        ("laptop", True),
    ],
)
def test_whoever_can_be_reached_from_outside_is_guarded(
    home: Home, address: str | None, is_guarded: bool
) -> None:
    assert guarded_home(address, home) == (home if is_guarded else None)


def test_an_app_started_without_its_gate_shows_other_devices_nothing(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TIGHTLOG_HOME", str(home.folder))
    good = {COOKIE: signed_pass(stored_password(home), 2**40)}
    assert is_admitted("127.0.0.1", {}, 8501) and is_admitted("0.0.0.0", good, 8501)
    assert not is_admitted("0.0.0.0", {}, 8501) and not is_admitted(
        "192.168.1.20", {COOKIE: "x"}, 8501
    )
