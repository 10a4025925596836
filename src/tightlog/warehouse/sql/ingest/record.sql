-- One row per timestamped row of any file, twins included.
create table if not exists ingest.record (
    activity_id varchar not null,
    record_index integer not null,
    recorded_at timestamptz,
    elapsed_s double,
    is_timer_running boolean,
    latitude_deg double,
    longitude_deg double,
    altitude_m double,
    distance_m double,
    speed_mps double,
    cadence_spm double,
    heart_rate_bpm double,
    power_w double,
    vertical_oscillation_mm double,
    vertical_ratio_pct double,
    ground_contact_ms double,
    ground_contact_left_pct double,
    step_length_mm double
);
