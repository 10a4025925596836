-- One row per kept activity: its kind, what says it, and whether it counts as a session.
create table if not exists ingest.kind (
    activity_id varchar not null,
    sport varchar not null,
    sub_sport varchar not null,
    sport_rule varchar not null,
    is_counted boolean not null,
    is_indoor boolean
);
