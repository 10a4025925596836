-- One row per segment: its files beside the versions, one for each kind of rows, and the activities
-- whose rows they hold.
create table if not exists ingest.segment (
    record_path varchar not null,
    run_window_path varchar not null,
    heart_rate_seconds_path varchar not null,
    record_count bigint not null,
    activity_count bigint not null,
    first_key bigint not null,
    last_key bigint not null
);
