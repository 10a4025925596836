-- One row per activity the runner left out: it counts nowhere, whatever file brings it again.
create or replace table ignored_activity as
select
    a.activity_id,
    a.sha256,
    a.session_index,
    a.started_at,
    coalesce(c.day, a.day) as day,
    k.sport,
    a.distance_m
from ingest.activity as a
inner join ingest.twin_fact as t on t.activity_id = a.activity_id
inner join ingest.kind as k on k.activity_id = a.activity_id
left join ingest.clock as c on c.activity_id = a.activity_id
where t.is_ignored
order by a.started_at, a.activity_id;
comment on column ignored_activity.activity_id is
'id of the activity; `tightlog activity ID --restore` lets it count again';
comment on column ignored_activity.sha256 is
'SHA-256 of the file it was read from, see source_file';
comment on column ignored_activity.session_index is 'number of the session in its file, from 0';
comment on column ignored_activity.started_at is 'UTC instant of the start';
comment on column ignored_activity.day is 'the runner''s local date at the start';
comment on column ignored_activity.sport is 'FIT profile name';
comment on column ignored_activity.distance_m is 'distance, m';
