-- One row per activity that is asked about: something about it can hardly be true.
create or replace table doubtful_activity as
select
    a.activity_id,
    a.sha256,
    a.session_index,
    a.started_at,
    c.day,
    k.sport,
    a.distance_m,
    a.elapsed_s,
    a.speed_mps,
    a.device_offset_s,
    c.utc_offset_s,
    c.doubts,
    c.is_set_aside
from ingest.clock as c
inner join ingest.activity as a on a.activity_id = c.activity_id
inner join ingest.kind as k on k.activity_id = c.activity_id
left join ingest.twin_fact as t on t.activity_id = c.activity_id
where
    len(c.doubts) > 0
    and not coalesce(t.is_ignored, false)
    and not coalesce(t.is_confirmed, false)
order by a.started_at, a.activity_id;
comment on column doubtful_activity.activity_id is
'id of the activity; `tightlog activity ID --confirm` says that it is right, --ignore that it is '
'not to count';
comment on column doubtful_activity.sha256 is
'SHA-256 of the file it was read from, see source_file';
comment on column doubtful_activity.session_index is 'number of the session in its file, from 0';
comment on column doubtful_activity.started_at is 'UTC instant of the start';
comment on column doubtful_activity.day is 'the runner''s local date at the start';
comment on column doubtful_activity.sport is 'FIT profile name';
comment on column doubtful_activity.distance_m is 'distance, m';
comment on column doubtful_activity.elapsed_s is 'time from start to end, pauses included, s';
comment on column doubtful_activity.speed_mps is 'mean speed while moving, m/s';
comment on column doubtful_activity.device_offset_s is
'local time minus UTC as the file states it, s; null where it does not';
comment on column doubtful_activity.utc_offset_s is 'local time minus UTC as used, s';
comment on column doubtful_activity.doubts is
'what is doubtful: offset_inverted or offset_too_large (the clock''s zone), too_long (over 14 '
'days), far_from_others (ten years or more from all others), named_otherwise (the name of its file '
'is of another day), too_fast (on foot), fast_in_part (five minutes or more of it)';
comment on column doubtful_activity.is_set_aside is
'true when it does not count until it is confirmed: its date or length would stretch the calendar';
