"""Filling a draft: with everything read and logged, with the analysis, with what it says of
itself.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

import polars as pl

from tightlog.domain.diary import DiaryMapping, declined_on
from tightlog.domain.frames import Columns
from tightlog.home.sections.shoe_sections import Shoe
from tightlog.ingest.ledger import Progress
from tightlog.language.choice import ENGLISH, spoken
from tightlog.refresh.plan import RefreshJob, publication_row
from tightlog.warehouse.drafts.draft import Draft
from tightlog.words.measures import written_in

SHOE_SCHEMA: Columns = {
    "shoe": pl.String,
    "start_m": pl.Float64,
    "first_day": pl.Date,
    "last_day": pl.Date,
    "is_default": pl.Boolean,
    "sport": pl.String,
}


def fill_readings(job: RefreshJob, draft: Draft, progress: Progress, isolates_all: bool) -> None:
    """Everything read and logged; with `isolates_all` every file is read in a process of its
    own.
    """
    # Readers and statistics are imported where they are used: nothing new must not wait for the
    # readers, `ingest` not for the statistics.
    from tightlog.ingest.ingest import ingest
    from tightlog.refresh.read_again import second_reading_frame
    from tightlog.refresh.relations import logged_relations

    zone, journal = job.settings.zone, job.logged.journal
    mappings = _with_intervention_ids(job.settings.diaries)
    draft.carry_readings()
    if not job.order.is_analysed:
        draft.carry_analysis()
    # What readers say is stored in English; sentences made of it are in the runner's language.
    with spoken(ENGLISH):
        ingest(
            draft.readings,
            job.plan,
            zone,
            progress,
            mappings,
            journal.corrections,
            job.settings.default_sport,
            isolates_all,
            job.settings.reads_wellness,
        )
    draft.readings.replace("second_reading", second_reading_frame(job.home))
    draft.readings.replace("shoe", _register(job.settings.shoes))
    with spoken(job.settings.language):
        kept = draft.write_files()
        logged = logged_relations(journal, kept.activities, kept.scores, kept.interventions)
    draft.write_all(logged)
    draft.write_context()
    if not job.order.is_analysed:
        _carry_analysis(draft)


def _carry_analysis(draft: Draft) -> None:
    """Makes what an analysis would have written: as it was before, without rows the first time."""
    from tightlog.refresh.relations import BLANK, blank_days

    if not draft.carry_others():
        draft.write_days(*blank_days(draft.relation("context")))
        draft.write_blank(BLANK)


def fill_analysis(job: RefreshJob, draft: Draft) -> None:
    """Features, findings, patterns, advice, hypotheses and the answers of trials."""
    from tightlog.refresh.analysis import analysis
    from tightlog.refresh.carried import Made
    from tightlog.refresh.hypotheses import hypothesis_relation
    from tightlog.refresh.trials import trial_relations

    before, stored = Made(*draft.before.analysed()), draft.inputs()
    as_of, journal = job.order.as_of, job.logged.journal
    declined = declined_on(journal.declined, as_of)
    with written_in(job.settings.measures), spoken(job.settings.language):
        found = analysis(stored, job.logged.red_flags, job.settings, as_of, before, declined)
        trials = trial_relations(job.home, journal.trials, found.days, stored.scores, before)
        hypotheses = hypothesis_relation(journal.hypotheses, found.days)
    draft.write_analysis(
        found.measured,
        found.days,
        found.features,
        {**found.relations, **trials.rows, "hypothesis": hypotheses},
        found.carried,
        {**found.made_from, **trials.made_from},
    )


def fill_publication(job: RefreshJob, draft: Draft) -> None:
    """What the version says of itself, and of its columns."""
    draft.write("publication", pl.DataFrame([publication_row(job, datetime.now(UTC))]))
    draft.write("relation_guide")


def _with_intervention_ids(mappings: tuple[DiaryMapping, ...]) -> tuple[DiaryMapping, ...]:
    """The mappings with the ids of the interventions they name by title or alias. Raises
    UnknownIntervention.
    """
    from tightlog.domain.interventions.catalogue import find

    return tuple(
        replace(
            mapping, done=tuple((find(name).intervention, column) for name, column in mapping.done)
        )
        for mapping in mappings
    )


def _register(shoes: Sequence[Shoe]) -> pl.DataFrame:
    """Frame in SHOE_SCHEMA, one row per pair of the settings."""
    rows = [
        (one.name, one.start_m, one.first_day, one.last_day, one.is_default, one.sport)
        for one in shoes
    ]
    return pl.DataFrame(rows, schema=dict(SHOE_SCHEMA), orient="row")
