-- One row per lap of any file, twins included.
create table if not exists ingest.lap (
    activity_id varchar not null,
    lap_index integer not null,
    started_at timestamptz,
    elapsed_s double,
    moving_s double,
    distance_m double,
    cadence_spm double,
    heart_rate_bpm double,
    trigger varchar
);
