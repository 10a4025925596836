-- One row per activity not counted because a richer twin is.
create or replace table duplicate_activity as
select
    t.activity_id,
    a.sha256,
    a.session_index,
    a.started_at,
    t.kept_activity_id,
    t.rule,
    t.reason
from ingest.twin as t
inner join ingest.activity as a on a.activity_id = t.activity_id
order by a.started_at, t.activity_id;
comment on column duplicate_activity.activity_id is 'id of the activity set aside';
comment on column duplicate_activity.sha256 is
'SHA-256 of the file it was read from, see source_file';
comment on column duplicate_activity.session_index is 'number of the session in its file, from 0';
comment on column duplicate_activity.started_at is 'UTC instant of its start according to its file';
comment on column duplicate_activity.kept_activity_id is 'the twin that counts, see activity';
comment on column duplicate_activity.rule is
'why the two are the same activity: named (an export''s list names its file), listed (an entry of '
'a list about it), same_start, same_time, part (of a longer recording), around (a longer track '
'around richer ones) or shifted (its clock is off)';
comment on column duplicate_activity.reason is 'why the two are the same activity, in words';
