-- One row per kept activity that learns something from a twin set aside or from the runner; null
-- where its own word stands.
-- Beside these columns it has every channel of domain/channels that has a mean.
create table if not exists ingest.twin_fact (
    activity_id varchar not null,
    name varchar,
    shoe varchar,
    rpe double,
    is_ignored boolean,
    is_confirmed boolean,
    moving_s double,
    distance_m double,
    ascent_m double,
    descent_m double,
    energy_kcal double,
    cadence_raw double,
    cadence_factor double,
    cadence_rule varchar,
    cadence_evidence varchar,
    from_twin varchar[]
);
