-- One row per 30 s of a run while the timer runs: what the runner's own cadence model is fitted on.
create table if not exists ingest.run_window (
    activity_id varchar not null,
    window_index integer not null,
    elapsed_s double not null,
    seconds double not null,
    speed_mps double,
    cadence_spm double,
    grade double
);
