-- One row per activity whose local time is settled by others, or that is asked about: decided after
-- reading, from all that is stored, so that the order of arrival changes nothing.
create table if not exists ingest.clock (
    activity_id varchar not null,
    utc_offset_s integer not null,
    utc_offset_source varchar not null,
    day date not null,
    doubts varchar[] not null,
    is_set_aside boolean not null
);
