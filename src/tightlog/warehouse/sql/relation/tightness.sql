-- One row per tightness score that stands, from the journal and from score files.
create or replace table tightness as
-- The same row in two exports of one diary counts once.
with every_entry as (
    select *
    from incoming_tightness
    qualify
        row_number()
            over (
                partition by entry_id
                order by
                    moment = 'unknown',
                    len(red_flags) desc,
                    is_sharp desc nulls last,
                    note nulls last,
                    file_line
            )
        = 1
),

numbered as (
    select
        *,
        row_number()
            over (
                -- The afternoon and the evening of a day are two scores.
                partition by source, day, rated_at, moment, lower(raw_moment), score
                order by len(red_flags) desc, is_sharp desc nulls last, note nulls last, entry_id
            )
            as copy_number
    from every_entry
)

select
    entry_id,
    rated_at,
    day,
    moment,
    score,
    is_sharp,
    red_flags,
    eased,
    side,
    radiation,
    is_woken,
    note,
    source,
    raw_value,
    raw_moment,
    file_line
from numbered
where copy_number = 1 or source = 'diary'
order by day, rated_at nulls first, entry_id;
comment on column tightness.entry_id is
'id of the entry, for `tightlog diary correct` and `withdraw`';
comment on column tightness.rated_at is
'UTC instant of the rating; null where only the date is known';
comment on column tightness.day is 'the runner''s local date';
comment on column tightness.moment is
'morning, before, during, after or evening; of a score in a file also unknown (nothing says when) '
'or not_understood (words tightlog does not know, see raw_moment); null when not given';
comment on column tightness.score is
'tightness of the lower back, 0 (none) to 10 (worst imaginable)';
comment on column tightness.is_sharp is 'true when the runner called it sharp; null when not asked';
comment on column tightness.red_flags is 'red flags ticked with it';
comment on column tightness.eased is
'what eased the back between the day before and the score: painkiller, physio, heat; '
'in `context` it is of the day before';
comment on column tightness.side is
'where it is: left, right, both or middle; null when not said';
comment on column tightness.radiation is
'how far it runs down: none, buttock, thigh or below_knee; null when not said';
comment on column tightness.is_woken is
'true when it woke the runner in the night before; null when not said';
comment on column tightness.note is 'the runner''s note';
comment on column tightness.source is
'diary (given in tightlog), csv (a score file), or the program whose export it is: daylio, pmsys, '
'intervals.icu, apple_health';
comment on column tightness.raw_value is 'the score as its source wrote it';
comment on column tightness.raw_moment is 'the part of the day as its file writes it';
comment on column tightness.file_line is
'line of the table it was read from (row of a workbook), from 1; null when not from a file';
