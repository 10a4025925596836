-- One row: everything known of one activity; none when no activity that counts has this id.
select
    activity_id, sport, sub_sport, started_at, utc_offset_s, utc_offset_source, day, elapsed_s, moving_s, distance_m, ascent_m, descent_m,
    has_barometer, steep_descent_min, speed_mps, cadence_spm, cadence_raw, cadence_rule, cadence_expected_spm, cadence_residual_pct,
    cadence_variability_pct, cadence_drift_pct, heart_rate_bpm, decoupling_pct, power_w, vertical_oscillation_mm, vertical_oscillation_z,
    vertical_ratio_pct, vertical_ratio_z, vertical_ratio_drift_pp, ground_contact_ms, ground_contact_z, ground_contact_drift_pct,
    ground_contact_left_pct, ground_contact_balance_change_pp, step_length_mm, step_length_z, device, is_indoor, name, shoe, rpe, load_au,
    load_rule, load_max_bpm, load_max_rule, load_rest_bpm, load_rest_rule, load_weights
from activity
where activity_id = ?
