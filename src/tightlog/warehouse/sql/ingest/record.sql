-- One row per timestamped row of any file, twins included.
-- Beside these columns it has every channel of domain/channels.
create table if not exists ingest.record (
    activity_id varchar not null,
    record_index integer not null,
    recorded_at timestamptz,
    elapsed_s double,
    is_timer_running boolean
);
