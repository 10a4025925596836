-- One row per tightness score that stands, from the journal and from score files.
create or replace table tightness as
with every_score as (
    select
        j.entry_id,
        j.rated_at,
        j.day,
        j.moment,
        j.score,
        j.is_sharp,
        j.red_flags,
        j.note,
        j.source,
        j.raw_value
    from incoming_tightness as j
    union all
    select
        s.entry_id,
        s.rated_at,
        s.day,
        s.moment,
        s.score,
        s.is_sharp,
        s.red_flags,
        s.note,
        s.source,
        s.raw_value
    from ingest.score as s
),

-- The same row in two exports of one diary counts once.
numbered as (
    select
        *,
        row_number()
            over (partition by source, day, rated_at, moment, score order by entry_id)
            as copy_number
    from every_score
)

select
    entry_id,
    rated_at,
    day,
    moment,
    score,
    is_sharp,
    red_flags,
    note,
    source,
    raw_value
from numbered
where copy_number = 1 or source = 'diary'
order by day, rated_at nulls first, entry_id;
comment on column tightness.entry_id is
'id of the entry, for `tightlog diary correct` and `withdraw`';
comment on column tightness.rated_at is
'UTC instant of the rating; null where only the date is known';
comment on column tightness.day is 'the runner''s local date';
comment on column tightness.moment is
'morning, before, during, after or evening; null when not given';
comment on column tightness.score is
'tightness of the lower back, 0 (none) to 10 (worst imaginable)';
comment on column tightness.is_sharp is 'true when the runner called it sharp; null when not asked';
comment on column tightness.red_flags is 'red flags ticked with it';
comment on column tightness.note is 'the runner''s note';
comment on column tightness.source is
'diary (given in tightlog), csv (a score file), or the program whose export it is: daylio, pmsys, '
'intervals.icu';
comment on column tightness.raw_value is 'the score as its source wrote it';
