-- One row per activity set aside because a richer twin is kept.
create table if not exists ingest.twin (
    activity_id varchar not null,
    kept_activity_id varchar not null,
    rule varchar not null,
    clock_off_h double,
    reason varchar not null
);
