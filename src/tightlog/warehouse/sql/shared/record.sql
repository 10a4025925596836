-- One row per timestamped row of a kept activity; without its position and altitude.
select
    activity_id,
    record_index,
    recorded_at,
    elapsed_s,
    is_timer_running,
    distance_m,
    speed_mps,
    cadence_spm,
    heart_rate_bpm,
    power_w,
    vertical_oscillation_mm,
    vertical_ratio_pct,
    ground_contact_ms,
    ground_contact_left_pct,
    step_length_mm
from record
