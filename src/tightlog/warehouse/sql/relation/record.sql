-- One row per timestamped row of a kept activity; its key is activity_id and record_index.
-- Timestamps may repeat.
-- Its rows lie in the segments that ingest.record names; the channels among its columns are
-- commented by domain/channels.
create or replace view record as
with kept as (
    select
        a.activity_id,
        a.activity_key,
        coalesce(t.cadence_factor, 1) as cadence_factor
    from ingest.activity as a
    left join ingest.twin_fact as t on t.activity_id = a.activity_id
    where a.activity_id in (select activity_id from activity)
)

select
    k.activity_id,
    r.* exclude (activity_key) replace (r.cadence_spm * k.cadence_factor as cadence_spm)
from ingest.record as r
inner join kept as k on k.activity_key = r.activity_key;
comment on column record.activity_id is 'the activity it belongs to, see activity';
comment on column record.record_index is 'number of the row in its activity, from 0';
comment on column record.recorded_at is 'UTC instant';
comment on column record.elapsed_s is 'time since the start of the activity, s';
comment on column record.is_timer_running is 'false while the watch was paused';
