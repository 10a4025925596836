-- One row per kept activity with what the features found out about it.
create table if not exists ingest.activity_feature (
    activity_id varchar not null,
    trimp_au double,
    srpe_au double,
    load_au double,
    load_rule varchar,
    cadence_expected_spm double,
    cadence_residual_pct double
);
