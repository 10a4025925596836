-- What was measured of each activity, put into the relation of activities where it is another.
update activity as a
set
    cadence_expected_spm = f.cadence_expected_spm,
    cadence_residual_pct = f.cadence_residual_pct,
    cadence_variability_pct = f.cadence_variability_pct,
    cadence_drift_pct = f.cadence_drift_pct,
    heart_rate_held_bpm = f.heart_rate_held_bpm,
    heart_rate_peak_bpm = f.heart_rate_peak_bpm,
    heart_rate_set_aside = f.heart_rate_set_aside,
    ground_contact_z = f.ground_contact_z,
    vertical_ratio_z = f.vertical_ratio_z,
    vertical_oscillation_z = f.vertical_oscillation_z,
    step_length_z = f.step_length_z,
    ground_contact_balance_change_pp = f.ground_contact_balance_change_pp,
    ground_contact_drift_pct = f.ground_contact_drift_pct,
    vertical_ratio_drift_pp = f.vertical_ratio_drift_pp,
    decoupling_pct = f.decoupling_pct,
    steep_descent_min = f.steep_descent_min,
    trimp_au = f.trimp_au,
    srpe_au = f.srpe_au,
    load_au = f.load_au,
    load_rule = f.load_rule,
    load_max_bpm = f.load_max_bpm,
    load_max_rule = f.load_max_rule,
    load_rest_bpm = f.load_rest_bpm,
    load_rest_rule = f.load_rest_rule,
    load_weights = f.load_weights
from (
    select
        k.activity_id,
        m.* exclude (activity_id)
    from activity as k
    left join ingest.activity_feature as m on m.activity_id = k.activity_id
) as f
where
    f.activity_id = a.activity_id
    and (
        a.cadence_expected_spm is distinct from f.cadence_expected_spm
        or a.cadence_residual_pct is distinct from f.cadence_residual_pct
        or a.cadence_variability_pct is distinct from f.cadence_variability_pct
        or a.cadence_drift_pct is distinct from f.cadence_drift_pct
        or a.heart_rate_held_bpm is distinct from f.heart_rate_held_bpm
        or a.heart_rate_peak_bpm is distinct from f.heart_rate_peak_bpm
        or a.heart_rate_set_aside is distinct from f.heart_rate_set_aside
        or a.ground_contact_z is distinct from f.ground_contact_z
        or a.vertical_ratio_z is distinct from f.vertical_ratio_z
        or a.vertical_oscillation_z is distinct from f.vertical_oscillation_z
        or a.step_length_z is distinct from f.step_length_z
        or a.ground_contact_balance_change_pp is distinct from f.ground_contact_balance_change_pp
        or a.ground_contact_drift_pct is distinct from f.ground_contact_drift_pct
        or a.vertical_ratio_drift_pp is distinct from f.vertical_ratio_drift_pp
        or a.decoupling_pct is distinct from f.decoupling_pct
        or a.steep_descent_min is distinct from f.steep_descent_min
        or a.trimp_au is distinct from f.trimp_au
        or a.srpe_au is distinct from f.srpe_au
        or a.load_au is distinct from f.load_au
        or a.load_rule is distinct from f.load_rule
        or a.load_max_bpm is distinct from f.load_max_bpm
        or a.load_max_rule is distinct from f.load_max_rule
        or a.load_rest_bpm is distinct from f.load_rest_bpm
        or a.load_rest_rule is distinct from f.load_rest_rule
        or a.load_weights is distinct from f.load_weights
    )
