-- One row per activity and heart rate: the seconds spent at it while the timer ran, a gap counted
-- for 30 s at most.
create table if not exists ingest.heart_rate_seconds (
    activity_id varchar not null,
    heart_rate_bpm integer not null,
    seconds double not null
);
