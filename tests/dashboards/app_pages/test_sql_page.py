"""What the SQL page promises: the warehouse's own answer, a sentence for every refusal, and text
that stays text.
"""

import io
from collections.abc import Callable

import polars as pl
from markupsafe import escape
from streamlit.testing.v1 import AppTest

from dashboards.sql import querying
from dashboards.sql.dictionary import dictionary_folds
from dashboards.sql.querying import Asked
from tightlog.answers import table_files
from tightlog.home.settings import Home
from tightlog.simulation.hostile.asked import contents
from tightlog.simulation.hostile.queries import hostile_queries
from tightlog.warehouse import store
from tightlog.warehouse.examples import examples
from tightlog.warehouse.sandbox.bounded import Answer
from tightlog.warehouse.sandbox.refusal import Refusal

Opened = Callable[..., AppTest]
Words = Callable[[AppTest], str]


def asked(app: AppTest, sql: str) -> AppTest:
    app.text_area(key="sql").set_value(sql)
    return app.button(key="run").click().run()


def test_answer_is_the_warehouses_with_its_number_of_rows(
    home: Home, opened: Opened, words: Words
) -> None:
    sql = "select day, tightness_score from day where tightness_score is not null order by day desc"
    app = asked(opened(home, "sql"), sql)
    expected = store.query(store.published_version(home), sql)
    assert (
        pl.from_pandas(app.dataframe[0].value)["tightness_score"].to_list()
        == expected["tightness_score"].to_list()
    )
    assert f"{expected.height} rows, in " in words(app)
    assert app.session_state["asked"].outcome.rows.equals(expected)


def test_null_is_a_dash_and_a_key_runs_the_query(home: Home, opened: Opened) -> None:
    app = asked(opened(home, "sql"), "select null::integer as nothing, 7 as number")
    assert app.dataframe[0].proto.placeholder == "—"
    assert app.button(key="run").proto.shortcut == "ctrl+enter"


def test_every_example_fills_the_editor_and_the_first_is_there_to_begin_with(
    home: Home, opened: Opened
) -> None:
    app = opened(home, "sql")
    assert app.text_area(key="sql").value == examples()[0].sql
    assert app.selectbox(key="example").options == [example.question for example in examples()]
    app.selectbox(key="example").set_value(examples()[8].question).run()
    assert app.text_area(key="sql").value == examples()[8].sql


def test_a_cut_answer_says_that_there_is_more(home: Home, opened: Opened, words: Words) -> None:
    assert "The first 10,000 rows, in " in words(
        asked(opened(home, "sql"), "select elapsed_s from record")
    )


def test_a_refusal_is_a_sentence_with_its_line(home: Home, opened: Opened, words: Words) -> None:
    app = asked(opened(home, "sql"), "select *\nfrom dya")
    assert "There is no relation dya. Did you mean day? (line 2)" in words(app)
    assert "from dya" in [block.value for block in app.code]
    assert not app.exception
    assert not app.dataframe


def test_a_file_is_not_read_and_nothing_is_written(
    home: Home, opened: Opened, words: Words
) -> None:
    app = opened(home, "sql")
    assert (
        "no files, no network" in words(asked(app, "select * from read_csv('/etc/passwd')")).lower()
    )
    assert "A query begins with select" in words(asked(app, "copy (select 1) to 'x.csv'"))
    assert "One query at a time, this has 2" in words(asked(app, "select 1; drop table day"))


def test_hostile_queries_get_a_sentence_and_leave_the_home_as_it_is(
    home: Home, opened: Opened
) -> None:
    version = store.published_version(home)
    app, before = opened(home, "sql"), contents(home.folder)
    for sql in hostile_queries(400, 7, version.parent)[::50]:
        app = asked(app, sql)
        assert not app.exception
        assert isinstance(app.session_state["asked"].outcome, Refusal)
    assert contents(home.folder) == before


def test_queries_of_the_session_can_be_taken_up_again(home: Home, opened: Opened) -> None:
    app = asked(asked(opened(home, "sql"), "select 1 as one"), "select 2 as two")
    assert [sql for sql, _ in app.session_state["asked_before"]] == [
        "select 2 as two",
        "select 1 as one",
    ]
    app.button(key="again_1").click().run()
    assert app.text_area(key="sql").value == "select 1 as one"
    for number in range(querying.KEPT_QUERIES + 2):
        app.session_state["asked_before"] = [
            (f"select {number}", "1 row"),
            *app.session_state["asked_before"],
        ][: querying.KEPT_QUERIES]
    assert len(app.run().session_state["asked_before"]) == querying.KEPT_QUERIES


def test_what_was_typed_is_there_after_a_look_at_another_page(home: Home, opened: Opened) -> None:
    app = opened(home, "sql")
    app.text_area(key="sql").set_value("select 5 as five").run()
    app.switch_page("app_pages/files.py").run()
    app.switch_page("app_pages/sql.py").run()
    assert app.text_area(key="sql").value == "select 5 as five"


def test_dictionary_has_every_column_and_narrows_to_a_word(
    home: Home, opened: Opened, words: Words
) -> None:
    app = opened(home, "sql")
    guide = store.relation(store.published_version(home), "relation_guide")
    shown = words(app)
    assert all(f"<code>{name}</code>" in shown for name in guide["column_name"])
    assert shown.count("<details class='tl-plain tl-relation'") == guide["relation"].n_unique()
    app.text_input(key="wanted").set_value("shoe").run()
    assert "<code>shoe</code>" in words(app)
    assert "<code>heart_rate_bpm</code>" not in words(app)
    assert "No matching columns." in words(app.text_input(key="wanted").set_value("zzz").run())


def test_an_empty_home_has_steps_and_no_editor(
    empty_home: Home, opened: Opened, words: Words
) -> None:
    app = opened(empty_home, "sql")
    assert "Three steps" in words(app)
    assert not app.text_area


def test_meanings_are_text() -> None:
    row = {
        "relation": "r",
        "one_row_per": "<b>",
        "column_name": "<script>",
        "data_type": "DOUBLE",
        "meaning": "<img src=x>",
    }
    shown = dictionary_folds([row], is_open=False)
    assert "<script>" not in shown
    assert escape("<img src=x>") in shown


def test_csv_runs_as_no_formula_and_numbers_stay_numbers() -> None:
    frame = pl.DataFrame(
        {
            "=cmd": ["=1+1", "+49 170", "-5.2", "@sum", "\tx", "plain", None, "-3e4"],
            "value": [-1.5, 2, 3, 4, 5, 6, 7, 8],
        }
    )
    lines = table_files.csv_bytes(frame).decode().splitlines()
    assert lines[0] == "'=cmd,value"
    assert lines[1:] == [
        "'=1+1,-1.5",
        "'+49 170,2.0",
        "-5.2,3.0",
        "'@sum,4.0",
        "'\tx,5.0",
        "plain,6.0",
        ",7.0",
        "-3e4,8.0",
    ]


def test_parquet_holds_the_text_as_it_is() -> None:
    frame = pl.DataFrame({"x": ["=1+1", None], "n": [1, 2]})
    assert pl.read_parquet(io.BytesIO(table_files.parquet_bytes(frame))).equals(frame)


def test_words_of_an_outcome() -> None:
    rows = pl.DataFrame({"x": range(1234)})
    assert (
        Asked("", Answer(rows, True, 0.5)).words
        == "The first 1,234 rows, in 0.50 s; there are more."
    )
    assert Asked("", Answer(rows.head(1), False, 0.004)).words == "1 row, in 0.00 s."
    assert Asked("", Refusal("No.", 3, "x")).words == "No. (line 3)"
