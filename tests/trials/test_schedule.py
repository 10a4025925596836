"""The schedule: balanced blocks of drawn length, all of it fixed by the seed."""

import hashlib

import polars as pl
import pytest

from tightlog.trials.schedule import BLOCK_LENGTHS, schedule, seed_hash

SEEDS = [hashlib.sha256(bytes([number])).hexdigest() for number in range(40)]


def test_the_same_seed_gives_the_same_schedule_on_any_machine() -> None:
    made = schedule("ab" * 32, 12)["is_assigned"].to_list()
    assert "".join("+" if one else "-" for one in made) == "+++---+---+-"


def test_a_longer_schedule_begins_like_a_shorter_one() -> None:
    assert schedule(SEEDS[0], 80).head(24).equals(schedule(SEEDS[0], 24))


@pytest.mark.parametrize("seed", SEEDS[:5])
def test_every_whole_block_is_balanced_and_has_a_drawn_length(seed: str) -> None:
    blocks = schedule(seed, 200).group_by("block", maintain_order=True).agg(
        pl.len(), pl.col("is_assigned").sum()
    )  # fmt: skip
    whole = blocks.head(-1)
    assert whole["len"].is_in(BLOCK_LENGTHS).all()
    assert (whole["is_assigned"] * 2 == whole["len"]).all()


def test_each_length_and_each_side_of_the_coin_is_drawn_about_equally_often() -> None:
    made = pl.concat(schedule(seed, 200).with_columns(seed=pl.lit(seed)) for seed in SEEDS)
    lengths = made.group_by("seed", "block").len()["len"].value_counts(normalize=True)
    shares = {row["len"]: row["proportion"] for row in lengths.iter_rows(named=True)}
    assert all(0.27 < shares[length] < 0.40 for length in BLOCK_LENGTHS)
    first = made.filter(pl.col("toss") == 1)["is_assigned"].mean()
    assert isinstance(first, float) and 0.25 < first < 0.75


def test_the_hash_is_that_of_the_seed_as_written() -> None:
    assert seed_hash("ab" * 32) == hashlib.sha256(b"ab" * 32).hexdigest()
