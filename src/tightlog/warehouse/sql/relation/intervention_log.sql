-- One row per intervention done: logged by the runner, in a diary file or in a watch file.
create or replace table intervention_log as
with every_intervention as (
    select
        i.entry_id,
        i.done_at,
        i.day,
        i.intervention,
        i.minutes,
        i.rpe,
        i.source
    from incoming_intervention_log as i
    union all
    select
        f.entry_id,
        f.done_at,
        f.day,
        f.intervention,
        f.minutes,
        f.rpe,
        f.source
    from ingest.intervention as f
    -- The same row in two exports of one diary counts once.
    qualify
        row_number()
            over (
                partition by f.source, f.day, f.done_at, f.intervention, f.minutes
                order by f.entry_id
            )
        = 1
)

select
    entry_id,
    done_at,
    day,
    intervention,
    minutes,
    rpe,
    source
from every_intervention
order by day, done_at nulls first, entry_id;
comment on column intervention_log.entry_id is 'id of the entry; watch-… for one seen in a file';
comment on column intervention_log.done_at is 'UTC instant; null where only the date is known';
comment on column intervention_log.day is 'the runner''s local date';
comment on column intervention_log.intervention is 'what was done, see intervention';
comment on column intervention_log.minutes is 'duration, min; null when not given';
comment on column intervention_log.rpe is 'rating of perceived exertion 0–10; null when not given';
comment on column intervention_log.source is
'diary (logged in tightlog), watch, or as in tightness.source';
