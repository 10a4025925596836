-- One row per kept activity that counts with what its recording says of its heart rate, and what
-- that was made from.
create table if not exists ingest.activity_heart (
    activity_id varchar not null,
    heart_rate_held_bpm double,
    heart_rate_peak_bpm double,
    is_frozen boolean,
    at_speed struct(step integer, settled_bpm double, free_bpm double)[],
    locked struct(step integer, heart_rate_bpm double)[],
    rest_bpm double,
    sampled_au double,
    sampled_s double,
    is_part boolean,
    heart_mark ubigint,
    sampled_mark ubigint
);
