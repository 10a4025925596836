-- One row per timestamped row of a kept activity; timestamps may repeat, the key is activity_id with record_index.
create or replace view record as
select
    r.activity_id, r.record_index, r.recorded_at, r.elapsed_s, r.is_timer_running, r.latitude_deg, r.longitude_deg, r.altitude_m,
    r.distance_m, r.speed_mps, r.cadence_spm * coalesce(t.cadence_factor, 1) as cadence_spm, r.heart_rate_bpm, r.power_w, r.vertical_oscillation_mm, r.vertical_ratio_pct,
    r.ground_contact_ms, r.ground_contact_left_pct, r.step_length_mm
from ingest.record as r
left join ingest.twin_fact as t on t.activity_id = r.activity_id
where r.activity_id in (select a.activity_id from activity as a);
comment on column record.activity_id is 'its activity';
comment on column record.record_index is 'number of the row in its activity, from 0';
comment on column record.recorded_at is 'UTC instant';
comment on column record.elapsed_s is 'time since the start of the activity, s';
comment on column record.is_timer_running is 'false while the runner had paused the watch';
comment on column record.latitude_deg is 'latitude, degrees north';
comment on column record.longitude_deg is 'longitude, degrees east';
comment on column record.altitude_m is 'altitude, m';
comment on column record.distance_m is 'distance since the start, m';
comment on column record.speed_mps is 'speed, m/s';
comment on column record.cadence_spm is 'cadence, steps/min of both feet on foot, else cycles/min; 0 is standing still, null not measured';
comment on column record.heart_rate_bpm is 'heart rate, beats/min';
comment on column record.power_w is 'power, W';
comment on column record.vertical_oscillation_mm is 'vertical oscillation, mm';
comment on column record.vertical_ratio_pct is 'vertical oscillation in % of the step length';
comment on column record.ground_contact_ms is 'ground contact time, ms';
comment on column record.ground_contact_left_pct is 'share of ground contact on the left foot, %';
comment on column record.step_length_mm is 'step length, mm';
