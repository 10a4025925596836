-- One row per kept activity with what the features found out about it.
create table if not exists ingest.activity_feature (
    activity_id varchar not null,
    trimp_au double,
    srpe_au double,
    load_au double,
    load_rule varchar,
    cadence_expected_spm double,
    cadence_residual_pct double,
    cadence_variability_pct double,
    cadence_drift_pct double,
    ground_contact_z double,
    vertical_ratio_z double,
    vertical_oscillation_z double,
    step_length_z double,
    ground_contact_balance_change_pp double,
    ground_contact_drift_pct double,
    vertical_ratio_drift_pp double,
    decoupling_pct double,
    steep_descent_min double
);
