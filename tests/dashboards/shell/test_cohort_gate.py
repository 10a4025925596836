"""The gate of a cohort: a name and that person's password, and no way from one to another."""

from pathlib import Path

import pytest

from dashboards.cohort.roles import door_of_cohort, is_guarded, role_of
from dashboards.shell.gate import Gate
from dashboards.shell.passes import cookie_name
from tests.dashboards.shell.test_gate import HERE, HOSTS, Inside, Visitor
from tightlog.cohort.access import place_of, set_access
from tightlog.cohort.cohort_file import COACH, Cohort, new_cohort, read_cohort, with_home
from tightlog.cohort.members import members
from tightlog.errors import CohortError

PORT, LAN, LOCAL = 8501, "192.168.1.20", "127.0.0.1"
COOKIE = cookie_name(PORT, "tightlog_cohort")
PASSWORDS = {
    COACH: "all of you run",
    "runner-01": "my own back one",
    "runner-02": "my own back two",
}


@pytest.fixture(scope="module")
def cohort(tmp_path_factory: pytest.TempPathFactory) -> Cohort:
    top = tmp_path_factory.mktemp("cohort")
    made = new_cohort(top / "team", "anna")
    for name in ("one", "two", "three"):
        (top / name / "data" / "raw").mkdir(parents=True)
        made = with_home(made, str(top / name), None)
    for who, password in PASSWORDS.items():
        set_access(made, who, password)
    return made


def visitor(cohort: Cohort) -> Visitor:
    return Visitor(Gate(Inside(), HOSTS, door_of_cohort(cohort)))


def signed_in(cohort: Cohort, who: str) -> Visitor:
    one = visitor(cohort)
    assert one.post("/", data={"who": who, "password": PASSWORDS[who]}).status_code == 303
    return one


def role(cohort: Cohort, cookie: str) -> str | None:
    return role_of(cohort, LAN, {COOKIE: cookie}, PORT)


@pytest.mark.parametrize("who", PASSWORDS)
def test_each_comes_in_as_who_they_are(cohort: Cohort, who: str) -> None:
    one = signed_in(cohort, who)
    assert one.get("/").text == "inside" and one.opens()
    assert role(cohort, one.cookies[COOKIE]) == who


@pytest.mark.parametrize(
    ("who", "password"),
    [
        (COACH, PASSWORDS["runner-01"]),
        ("runner-01", PASSWORDS[COACH]),
        ("runner-02", PASSWORDS["runner-01"]),
        ("runner-03", PASSWORDS["runner-01"]),  # a home without a password
        ("", PASSWORDS[COACH]),
        ("..", PASSWORDS[COACH]),
        ("coach/../runner-01", PASSWORDS["runner-01"]),
        ("nobody", ""),
    ],
)
def test_nobody_comes_in_with_the_password_of_another(
    cohort: Cohort, who: str, password: str
) -> None:
    one = visitor(cohort)
    answer = one.post("/", data={"who": who, "password": password})
    assert answer.status_code == 401 and "Wrong name or password" in answer.text
    assert not one.cookies and not one.opens()


def test_a_runner_s_cookie_is_of_nobody_else(cohort: Cohort) -> None:
    own = signed_in(cohort, "runner-01").cookies[COOKIE]
    name, _, text = own.partition("~")
    assert name == "runner-01"
    forged = (
        f"{COACH}~{text}",
        f"runner-02~{text}",
        f"runner-03~{text}",
        f"~{text}",
        text,
        f"runner-01~{COACH}~{text}",
        f"runner-01~{text}x",
        f"../access/runner-01~{text}",
        "",
        f"{COACH}~",
    )
    for cookie in forged:
        assert role(cohort, cookie) is None, cookie
        one = visitor(cohort)
        one.cookies.set(COOKIE, cookie)
        assert one.get("/").status_code == 401
        assert not one.opens()


def test_a_new_password_ends_that_person_s_sign_ins_and_nobody_else_s(tmp_path: Path) -> None:
    made = new_cohort(tmp_path, "anna")
    (tmp_path / "one" / "data" / "raw").mkdir(parents=True)
    made = with_home(made, str(tmp_path / "one"), None)
    for who in (COACH, "runner-01"):
        set_access(made, who, PASSWORDS[who])
    coach, runner = (signed_in(made, who) for who in (COACH, "runner-01"))
    set_access(made, "runner-01", "something else")
    assert coach.get("/").text == "inside"
    assert runner.get("/").status_code == 401 and not runner.opens()
    assert coach.post("/sign-out", headers={"Origin": HERE}).status_code == 303
    assert coach.get("/").status_code == 401


def test_only_homes_of_the_cohort_and_the_coach_get_a_password(cohort: Cohort) -> None:
    for who in ("somebody", "../coach", "Coach"):
        with pytest.raises(CohortError, match="no home of this cohort"):
            set_access(cohort, who, "long enough")
    assert place_of(cohort, "runner-03") is None
    assert place_of(cohort, "../access/coach") is None


def test_without_a_password_the_page_is_for_this_machine_alone(tmp_path: Path) -> None:
    made = new_cohort(tmp_path, "anna")
    assert not is_guarded(made, LOCAL) and not is_guarded(made, "localhost")
    assert role_of(made, LOCAL, {}, PORT) == COACH
    assert is_guarded(made, LAN) and is_guarded(made, None) and is_guarded(made, "0.0.0.0")
    assert role_of(made, LAN, {}, PORT) is None
    set_access(made, COACH, PASSWORDS[COACH])
    assert role_of(made, LOCAL, {}, PORT) is None


def test_a_password_is_of_a_home_and_not_of_whoever_has_its_pseudonym_next(tmp_path: Path) -> None:
    made = new_cohort(tmp_path, "anna")
    for name in ("one", "two"):
        (tmp_path / name / "data" / "raw").mkdir(parents=True)
    made = with_home(made, str(tmp_path / "one"), None)
    for who in (COACH, "runner-01"):
        set_access(made, who, PASSWORDS[who])
    runner = signed_in(made, "runner-01")
    empty = made.file.read_text().partition("[[home]]")[0]
    made.file.write_text(empty)
    assert runner.get("/").status_code == 401 and not runner.opens()
    assert place_of(made, "runner-01") is None and place_of(made, COACH) is not None
    again = with_home(read_cohort(tmp_path), str(tmp_path / "two"), None)
    assert [one.pseudonym for one in members(again)] == ["runner-01"]
    assert runner.get("/").status_code == 401
    assert visitor(again).post(
        "/", data={"who": "runner-01", "password": PASSWORDS["runner-01"]}
    ).status_code == 401  # fmt: skip
    set_access(again, "runner-01", "my own new back")
    assert runner.get("/").status_code == 401


def test_where_a_runner_has_a_password_nobody_is_the_coach_without_one(tmp_path: Path) -> None:
    made = new_cohort(tmp_path, "anna")
    (tmp_path / "one" / "data" / "raw").mkdir(parents=True)
    made = with_home(made, str(tmp_path / "one"), None)
    set_access(made, "runner-01", PASSWORDS["runner-01"])
    assert is_guarded(made, LOCAL)
    assert role_of(made, LOCAL, {}, PORT) is None
