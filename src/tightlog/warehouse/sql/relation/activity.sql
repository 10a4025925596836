-- One row per activity kept: one sport session of a file, after twins were set aside.
create or replace table activity as
-- The shoe that is named, else the default pair of its day: the one for its kind of run before the
-- one for all runs, the one begun last before the others.
with worn as (
    select
        a.activity_id,
        case
            when coalesce(t.shoe, a.shoe, g.shoe) is null then if(s.shoe is null, null, 'settings')
            when t.shoe is null or list_contains(t.from_twin, 'shoe') then 'file'
            else 'correction'
        end as shoe_source,
        coalesce(s.shoe, t.shoe, a.shoe, g.shoe) as shoe,
        coalesce(s.start_m, 0) as start_m
    from ingest.activity as a
    inner join ingest.kind as k on k.activity_id = a.activity_id
    left join ingest.twin_fact as t on t.activity_id = a.activity_id
    left join ingest.clock as c on c.activity_id = a.activity_id
    left join ingest.listed_shoe as g on g.activity_id = a.activity_id
    left join ingest.shoe as s
        on
            lower(coalesce(t.shoe, a.shoe, g.shoe)) = lower(s.shoe)
            or (
                coalesce(t.shoe, a.shoe, g.shoe) is null
                and s.is_default
                and (s.sport = k.sport or (k.sport = 'running' and s.sport = k.sub_sport))
                and coalesce(c.day, a.day)
                between coalesce(s.first_day, '-infinity'::date)
                and coalesce(s.last_day, 'infinity'::date)
            )
    qualify
        row_number() over (
            partition by a.activity_id
            order by
                s.sport = k.sub_sport desc nulls last,
                s.first_day desc nulls last,
                s.shoe
        ) = 1
)

select
    a.activity_id,
    a.sha256,
    a.session_index,
    k.sport,
    k.sub_sport,
    k.sport_rule,
    k.is_counted,
    a.started_at,
    coalesce(c.utc_offset_s, a.utc_offset_s) as utc_offset_s,
    coalesce(c.utc_offset_source, a.utc_offset_source) as utc_offset_source,
    coalesce(c.day, a.day) as day,
    a.elapsed_s,
    coalesce(a.moving_s, t.moving_s) as moving_s,
    coalesce(a.distance_m, t.distance_m) as distance_m,
    case when k.sport = 'swimming' then null else coalesce(t.ascent_m, a.ascent_m) end as ascent_m,
    case
        when k.sport = 'swimming' then null else coalesce(t.descent_m, a.descent_m)
    end as descent_m,
    a.has_barometer,
    coalesce(a.speed_mps, t.speed_mps) as speed_mps,
    coalesce(a.cadence_spm * coalesce(t.cadence_factor, 1), t.cadence_spm) as cadence_spm,
    coalesce(a.cadence_raw, t.cadence_raw) as cadence_raw,
    coalesce(t.cadence_rule, a.cadence_rule) as cadence_rule,
    if(t.cadence_rule is null, a.cadence_evidence, t.cadence_evidence) as cadence_evidence,
    f.cadence_expected_spm,
    f.cadence_residual_pct,
    f.cadence_variability_pct,
    f.cadence_drift_pct,
    coalesce(a.heart_rate_bpm, t.heart_rate_bpm) as heart_rate_bpm,
    f.heart_rate_held_bpm,
    f.heart_rate_peak_bpm,
    f.heart_rate_set_aside,
    coalesce(a.power_w, t.power_w) as power_w,
    case
        when a.power_w is not null then a.power_rule
        when t.power_w is not null then 'twin'
    end as power_rule,
    coalesce(a.vertical_oscillation_mm, t.vertical_oscillation_mm) as vertical_oscillation_mm,
    coalesce(a.vertical_ratio_pct, t.vertical_ratio_pct) as vertical_ratio_pct,
    coalesce(a.ground_contact_ms, t.ground_contact_ms) as ground_contact_ms,
    coalesce(a.ground_contact_left_pct, t.ground_contact_left_pct) as ground_contact_left_pct,
    coalesce(a.step_length_mm, t.step_length_mm) as step_length_mm,
    f.ground_contact_z,
    f.vertical_ratio_z,
    f.vertical_oscillation_z,
    f.step_length_z,
    f.ground_contact_balance_change_pp,
    f.ground_contact_drift_pct,
    f.vertical_ratio_drift_pp,
    f.decoupling_pct,
    f.steep_descent_min,
    a.device,
    k.is_indoor,
    coalesce(t.name, a.name) as name,
    w.shoe,
    w.shoe_source,
    if(w.shoe is null, null, w.start_m) as shoe_start_m,
    coalesce(t.rpe, a.rpe) as rpe,
    coalesce(a.energy_kcal, t.energy_kcal) as energy_kcal,
    t.from_twin,
    f.trimp_au,
    f.srpe_au,
    f.load_au,
    f.load_rule,
    f.load_max_bpm,
    f.load_max_rule,
    f.load_rest_bpm,
    f.load_rest_rule,
    f.load_weights
from ingest.activity as a
inner join ingest.kind as k on k.activity_id = a.activity_id
left join ingest.activity_feature as f on f.activity_id = a.activity_id
left join ingest.twin_fact as t on t.activity_id = a.activity_id
left join ingest.clock as c on c.activity_id = a.activity_id
left join worn as w on w.activity_id = a.activity_id
where
    not coalesce(t.is_ignored, false)
    and (not coalesce(c.is_set_aside, false) or coalesce(t.is_confirmed, false))
order by a.started_at, a.activity_id;
comment on column activity.activity_id is
'stable id: start of the SHA-256 of its file, and the session''s number in it';
comment on column activity.sha256 is 'SHA-256 of the file it was read from, see source_file';
comment on column activity.session_index is 'number of the session in its file, from 0';
comment on column activity.sport is
'FIT profile name, whatever the format: running, cycling, swimming, training, walking, …; generic '
'when it is another kind, or unknown (see sport_rule)';
comment on column activity.sub_sport is
'FIT profile name: trail, treadmill, lap_swimming, strength_training, yoga, …; generic when not '
'said';
comment on column activity.sport_rule is
'what says the sport, the first of: correction (by you), file, list (of an export), twin (another '
'recording), name (of the activity, its file or app), settings (default_sport), movement (speed, '
'steps and heart rate: a guess), own_runs (at least ten of your runs are like it in speed and '
'heart rate, or it lies right beside one: a guess), or unknown: it may be a run';
comment on column activity.is_counted is
'false for an accidental start (under 60 s, or under 100 m where the sport goes somewhere) and for '
'what is no exercise (drives, health snapshots, breathing, games): it is in no feature and no '
'pattern';
comment on column activity.started_at is 'UTC instant of the start';
comment on column activity.utc_offset_s is 'local time minus UTC at the start, s';
comment on column activity.utc_offset_source is
'where the offset comes from: device, position, neighbours (the recordings before and after it '
'agree) or settings';
comment on column activity.day is 'the runner''s local date at the start';
comment on column activity.elapsed_s is 'time from start to end, pauses included, s';
comment on column activity.moving_s is 'time while the timer ran, s';
comment on column activity.distance_m is 'distance, m; null when not measured';
comment on column activity.ascent_m is
'metres climbed, m; of a watch without a barometer that of a twin that knows better, see from_twin';
comment on column activity.descent_m is 'metres descended, m';
comment on column activity.has_barometer is 'true when altitude is barometric; null when not known';
comment on column activity.cadence_raw is 'mean cadence as the file states it, per minute';
comment on column activity.cadence_rule is
'rule that turns cadence_raw into cadence_spm: whose cadence it is and what it was taken for, such '
'as fit: strides x 2';
comment on column activity.cadence_evidence is
'why this rule: the median, or the step length and the speed, that decided';
comment on column activity.power_rule is
'where the power comes from: recorded, added_field (a maker''s own field of the file, such as '
'Stryd''s) or twin (another recording); null without power';
comment on column activity.cadence_expected_spm is
'cadence expected at this speed and grade by the runner''s own model of the previous 90 days, '
'steps/min';
comment on column activity.cadence_residual_pct is
'median difference between the run''s cadence and the runner''s own model, %';
comment on column activity.cadence_variability_pct is
'spread of the run''s half-minutes around their expected cadence, % (1.4826 x median absolute '
'deviation)';
comment on column activity.cadence_drift_pct is
'cadence relative to the runner''s own model on the flat, last third of the run minus first '
'third, %; null for runs under 40 min';
comment on column activity.ground_contact_z is
'ground contact time relative to the runner''s own model of the previous 60 days on that device, '
'in standard deviations';
comment on column activity.vertical_ratio_z is
'vertical ratio relative to the runner''s own model of the previous 60 days on that device, in '
'standard deviations';
comment on column activity.vertical_oscillation_z is
'vertical oscillation relative to the runner''s own model of the previous 60 days on that device, '
'in standard deviations';
comment on column activity.step_length_z is
'step length relative to the runner''s own model of the previous 60 days on that device, in '
'standard deviations';
comment on column activity.ground_contact_balance_change_pp is
'left share of ground contact minus its median of the previous 60 days on that device, percentage '
'points';
comment on column activity.ground_contact_drift_pct is
'ground contact time relative to the runner''s own model on the flat, last third of the run minus '
'first third, %; null for runs under 40 min';
comment on column activity.vertical_ratio_drift_pp is
'vertical ratio relative to the runner''s own model on the flat, last third of the run minus '
'first third, percentage points; null for runs under 40 min';
comment on column activity.decoupling_pct is
'aerobic decoupling of a steady run of at least 45 min: drop in speed per heartbeat from the '
'first half to the second, %; null for other runs';
comment on column activity.steep_descent_min is
'time at a grade of -5 % or steeper, min; null without a barometer';
comment on column activity.device is 'device or program that wrote the file';
comment on column activity.is_indoor is
'true for treadmill and other indoor sessions; null when not known';
comment on column activity.name is
'name of the activity, given here or in an export''s list; null when it has none';
comment on column activity.shoe is
'shoe, named by a file, by you, or the default pair of its day, see shoe_source; null when not '
'known';
comment on column activity.shoe_source is
'what says the shoe: file (or an export''s list, or another recording), correction (by you) or '
'settings (a guess: the default pair of that day); null without a shoe';
comment on column activity.shoe_start_m is
'metres the pair had when its runs here begin (start_km of the settings, else 0), m; null without '
'a shoe';
comment on column activity.rpe is
'rating of perceived exertion 0–10, from the watch or an export''s list; null when not given';
comment on column activity.energy_kcal is
'energy as the device or an export''s list states it, kcal: an estimate of its maker, which no '
'feature uses; null when not stated';
comment on column activity.heart_rate_held_bpm is
'highest heart rate held for 30 s as recorded, beats/min; null without samples';
comment on column activity.heart_rate_peak_bpm is
'highest heart rate of a half-minute without what sensors get wrong (the first 5 minutes, half-'
'minutes that follow the cadence), beats/min; as recorded where there are no half-minutes';
comment on column activity.heart_rate_set_aside is
'why the heart rate is not used for load and maximum: frozen (one value for over 70 % of the time) '
'or reads_high (the device reads over 10 beats/min higher than the others at the same speed); null '
'when it is used';
comment on column activity.from_twin is
'names of the columns that hold the value of a twin, because this recording has none or a worse '
'one; null when all are its own; see duplicate_activity';
comment on column activity.trimp_au is
'Banister''s TRIMP from its heart rate (samples, else the mean), arbitrary units; null without '
'heart rate';
comment on column activity.srpe_au is
'session-RPE (Foster): rating of perceived exertion times minutes, arbitrary units; null without '
'a rating';
comment on column activity.load_au is
'training load on the one scale used in this home: trimp_au or srpe_au, see load_rule; arbitrary '
'units; null when it is unknown';
comment on column activity.load_rule is
'how load_au was computed: trimp_samples (each heart-rate sample), trimp_mean (mean heart rate), '
'trimp_part (of a run whose sensor for a part stood still or counted steps instead of beats: the '
'rest stands for all), srpe (effort rating times minutes), estimated_from_minutes (minutes times '
'the runner''s own median load per minute) or estimated_from_usual_session (the same with the '
'median minutes of that sport, where its length is unknown); null without a load';
comment on column activity.load_max_bpm is
'maximum heart rate used to compute the load, beats/min; null for srpe and estimates';
comment on column activity.load_max_rule is
'where load_max_bpm comes from: given (settings), observed (reached in three runs, or in 2 % of '
'them, of the last two years) or from_means (guessed: 10/9 of the highest mean heart rates)';
comment on column activity.load_rest_bpm is
'resting heart rate used to compute the load, beats/min; null for srpe and estimates';
comment on column activity.load_rest_rule is
'where load_rest_bpm comes from: given (settings) or assumed';
comment on column activity.load_weights is
'weights of the TRIMP: women, men, or men_assumed where the settings do not say; null for '
'srpe and estimates';
