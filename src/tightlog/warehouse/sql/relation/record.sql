-- One row per timestamped row of a kept activity; its key is activity_id and record_index.
-- Timestamps may repeat.
-- Its columns are those of ingest.record; the channels among them are commented by domain/channels.
create or replace view record as
select r.* replace (r.cadence_spm * coalesce(t.cadence_factor, 1) as cadence_spm)
from ingest.record as r
left join ingest.twin_fact as t on t.activity_id = r.activity_id
where r.activity_id in (select a.activity_id from activity as a);
comment on column record.activity_id is 'the activity it belongs to, see activity';
comment on column record.record_index is 'number of the row in its activity, from 0';
comment on column record.recorded_at is 'UTC instant';
comment on column record.elapsed_s is 'time since the start of the activity, s';
comment on column record.is_timer_running is 'false while the watch was paused';
