-- One row per exposure tested against the tightness score.
create or replace table finding as
select
    f.exposure, f.lag_window, f.n_days, f.exposure_days, f.effect_points, f.effect_low, f.effect_high, f.p_value, f.max_t_p, f.q_value, f.verdict,
    f.smallest_detectable_points, f.reaction_p, f.earlier_half_points, f.later_half_points, f.yesterday_rated_points, f.rank_p, f.held_fixed, f.title, f.still_needed, f.would_have_shown, f.sentence
from incoming_finding as f;
comment on column finding.exposure is 'what was tested: a column of day';
comment on column finding.lag_window is 'days before the rating it was taken from';
comment on column finding.n_days is 'rated days the test could use';
comment on column finding.exposure_days is 'of these, the days off the exposure''s commonest value';
comment on column finding.effect_points is 'difference in tightness between the runner''s own 10th and 90th percentile of the exposure, points 0–10';
comment on column finding.effect_low is 'lower end of its 95 % interval, points';
comment on column finding.effect_high is 'upper end of its 95 % interval, points';
comment on column finding.p_value is 'permutation p-value (Freedman–Lane)';
comment on column finding.max_t_p is 'p-value against the largest link of the whole family (max-T)';
comment on column finding.q_value is 'p-value adjusted over the family (Benjamini–Hochberg)';
comment on column finding.verdict is 'clear, possible, reacts, nothing_seen or not_enough_data';
comment on column finding.smallest_detectable_points is 'smallest effect these data could have shown, points';
comment on column finding.reaction_p is 'p-value of the reaction test: what was done after the score of the same day; null where there is none';
comment on column finding.earlier_half_points is 'the effect in the earlier half of the record, points';
comment on column finding.later_half_points is 'the effect in the later half of the record, points';
comment on column finding.yesterday_rated_points is 'the effect on the days whose previous day was rated too, points';
comment on column finding.rank_p is 'permutation p-value of the ranks of the scores; null unless more than half of the scores are one number';
comment on column finding.held_fixed is 'what your diary logs of the day before and was held fixed: sleep, stress; null for none';
comment on column finding.title is 'the exposure in words';
comment on column finding.still_needed is 'what is short before anything can be said, with the numbers; null when nothing is';
comment on column finding.would_have_shown is 'where no link was seen, the smallest difference that would probably have shown, in words';
comment on column finding.sentence is 'the finding in one plain sentence';
