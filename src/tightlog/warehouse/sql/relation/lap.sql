-- One row per lap of a kept activity.
create or replace view lap as
select
    l.activity_id,
    l.lap_index,
    l.started_at,
    l.elapsed_s,
    l.moving_s,
    l.distance_m,
    l.cadence_spm * coalesce(t.cadence_factor, 1) as cadence_spm,
    l.heart_rate_bpm,
    l.trigger
from ingest.lap as l
left join ingest.twin_fact as t on t.activity_id = l.activity_id
where l.activity_id in (select a.activity_id from activity as a);
comment on column lap.activity_id is 'the activity it belongs to, see activity';
comment on column lap.lap_index is 'number of the lap in its activity, from 0';
comment on column lap.started_at is 'UTC instant of its start';
comment on column lap.elapsed_s is 'time from start to end, pauses included, s';
comment on column lap.moving_s is 'time while the timer ran, s';
comment on column lap.distance_m is 'distance, m';
comment on column lap.trigger is 'what ended the lap: manual, distance, time, session_end, …';
