-- One row per 30 s of a run while the timer runs: means over time of what was measured; null where
-- nothing believable was.
create table if not exists ingest.run_window (
    activity_id varchar not null,
    window_index integer not null,
    elapsed_s double not null,
    seconds double not null,
    speed_mps double,
    cadence_spm double,
    grade double,
    heart_rate_bpm double,
    ground_contact_ms double,
    vertical_oscillation_mm double,
    vertical_ratio_pct double,
    ground_contact_left_pct double,
    step_length_mm double
);
