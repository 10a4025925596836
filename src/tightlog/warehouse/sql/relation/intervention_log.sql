-- One row per intervention done: logged by the runner, in a diary file or in a watch file.
create or replace table intervention_log as
with every_intervention as (
    select *
    from incoming_intervention_log
    -- The same row in two exports of one diary counts once.
    qualify
        source in ('diary', 'watch')
        or row_number()
            over (partition by source, day, done_at, intervention, minutes order by entry_id)
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
