-- One row per exposure tested against the tightness score.
create or replace table finding as
select
    f.exposure,
    f.family,
    f.title,
    f.unit,
    f.unit_size,
    f.lag_window,
    f.look_back_d,
    f.spans_d,
    f.is_window_in_title,
    f.is_event,
    f.n_days,
    f.exposure_days,
    f.estimated_days,
    f.exposure_low,
    f.exposure_high,
    f.effect_points,
    f.effect_low,
    f.effect_high,
    f.error_points,
    f.p_value,
    f.max_t_p,
    f.q_value,
    f.smallest_detectable_points,
    f.reaction_p,
    f.earlier_half_points,
    f.later_half_points,
    f.yesterday_rated_points,
    f.yesterday_rated_p,
    f.rank_p,
    f.held_fixed,
    f.score_count,
    f.scores_needed,
    f.diary_days,
    f.diary_days_needed,
    f.is_rated_in_evening,
    f.left_out_scores,
    f.most_common_share,
    f.smallest_real_change_points,
    f.joint_p,
    f.lag_1_points,
    f.lag_2_points,
    f.lag_3_points,
    f.cumulative_points,
    f.cumulative_low,
    f.cumulative_high,
    f.told_lag_d,
    f.told_points,
    f.shrunk_points,
    f.e_value,
    f.prior_weight,
    f.stood_a_week_earlier,
    f.first_seen_on,
    f.robustness_pct,
    f.life_robustness_pct,
    f.same_as,
    f.tests,
    f.reaction_sign,
    f.reaction_family_p,
    f.spoilt_night_p,
    f.is_chosen_for_relief,
    f.is_ranked,
    f.rank_sign,
    f.is_time_unknown,
    f.same_day_points,
    f.same_day_p,
    f.verdict,
    f.verdict_reason,
    f.had,
    f.needed,
    f.still_needed,
    f.would_have_shown,
    f.statement,
    f.details,
    f.sentence
from incoming_finding as f;
comment on column finding.exposure is 'what was tested: a column of day';
comment on column finding.family is
'the exposures it is judged among: training, or daily_life (nights and days of a watch or diary)';
comment on column finding.title is 'the exposure in words';
comment on column finding.unit is
'unit of exposure_low and exposure_high; empty for a count or a yes/no value';
comment on column finding.unit_size is
'size of one unit in the exposure''s column, such as 1000 (m) for a km';
comment on column finding.lag_window is 'days before the rating it was taken from';
comment on column finding.look_back_d is
'number of days before the rating whose last known value is used, d; 0 for a night that ended on '
'the morning of the score';
comment on column finding.spans_d is 'number of days the exposure itself sums over, d';
comment on column finding.is_window_in_title is 'true when the title names these days';
comment on column finding.is_event is 'true for a yes/no exposure';
comment on column finding.n_days is 'rated days the test could use';
comment on column finding.exposure_days is
'of these, days on which the exposure differs from its most common value';
comment on column finding.estimated_days is
'rated days left out because more than 20 % of the load before them is estimated from minutes';
comment on column finding.exposure_low is
'the runner''s own low value, the 10th percentile, in unit';
comment on column finding.exposure_high is
'the runner''s own high value, the 90th percentile, in unit';
comment on column finding.effect_points is
'difference in tightness between the runner''s own 10th and 90th percentile of the exposure, '
'points 0–10';
comment on column finding.effect_low is
'lower end of its 95 % interval, points; of a clear or possible link one that holds at all looks';
comment on column finding.effect_high is 'upper end of the same interval, points';
comment on column finding.error_points is
'standard error of effect_points, points; what a cohort needs to combine runners';
comment on column finding.p_value is 'permutation p-value (Freedman–Lane)';
comment on column finding.max_t_p is
'p-value against the strongest link of the whole family (max-T)';
comment on column finding.q_value is 'p-value adjusted over the family (Benjamini–Hochberg)';
comment on column finding.smallest_detectable_points is
'smallest effect these data could have shown, points';
comment on column finding.reaction_p is
'p-value of the reaction test: was it done in response to the score of the same day? null where '
'it does not apply';
comment on column finding.earlier_half_points is
'the effect in the earlier half of the record, points';
comment on column finding.later_half_points is 'the effect in the later half of the record, points';
comment on column finding.yesterday_rated_points is
'the effect on days whose previous day was also rated, points';
comment on column finding.yesterday_rated_p is 'p-value of the effect on these days';
comment on column finding.rank_p is
'permutation p-value on the ranks of the scores; null unless more than half of the scores are the '
'same number';
comment on column finding.held_fixed is
'what was held fixed: beside training sleep of the night before that day and stress of that day '
'(of a watch also the two before it), beside nights and days the distance run the day before; '
'null when nothing was';
comment on column finding.score_count is 'scored days of the diary';
comment on column finding.scores_needed is 'scored days needed before anything is compared';
comment on column finding.diary_days is
'days from the first to the last score, breaks of over 28 days left out';
comment on column finding.diary_days_needed is 'diary days needed before anything is compared';
comment on column finding.is_rated_in_evening is
'true when most scores were given after the day''s training';
comment on column finding.left_out_scores is
'scores that are no outcome: given after a run of the day, or late';
comment on column finding.most_common_share is
'share (0–1) of the scores that are the most common number';
comment on column finding.smallest_real_change_points is
'change between two scores that rating noise alone exceeds once in 20 times, points';
comment on column finding.joint_p is
'permutation p-value of the three days before together; null where only one is tested';
comment on column finding.lag_1_points is
'effect of one day before, the other two days held fixed, points';
comment on column finding.lag_2_points is
'effect of two days before, the other two days held fixed, points';
comment on column finding.lag_3_points is
'effect of three days before, the other two days held fixed, points';
comment on column finding.cumulative_points is 'effect of the three days together, points';
comment on column finding.cumulative_low is 'lower end of its 95 % interval at one look, points';
comment on column finding.cumulative_high is 'upper end of its 95 % interval at one look, points';
comment on column finding.told_lag_d is
'days before the score of the link that is told, d; of nights 1 is the night before the score';
comment on column finding.told_points is 'effect of the link that is told as measured, points';
comment on column finding.shrunk_points is
'the same as shown: shrunk towards 0 as far as the evidence is weak, points';
comment on column finding.e_value is
'evidence that may be looked at every day: on average at most 1 without a link';
comment on column finding.prior_weight is
'share of the familys evidence it may use, against others';
comment on column finding.stood_a_week_earlier is
'true when the scores up to a week earlier said the same';
comment on column finding.first_seen_on is
'first Monday on which it was possible or clear; null when it never was';
comment on column finding.robustness_pct is
'share of both exposure and score a cause nobody logged would have to explain, %';
comment on column finding.life_robustness_pct is
'most that sleep or stress, where held fixed, explains of either, %';
comment on column finding.same_as is
'the stronger link that is the same thing, an exposure; null when there is none';
comment on column finding.tests is 'exposures with enough days, among which the link is judged';
comment on column finding.reaction_sign is
'how training changes where the back is tight: -1 less, 1 more, 0 not known';
comment on column finding.reaction_family_p is 'reaction_p times the number of such tests';
comment on column finding.spoilt_night_p is
'p-value against a back that spoils the night being all of the link, from the night after the '
'score; null for what is not the night before';
comment on column finding.is_chosen_for_relief is
'true for what people do because the back is tight';
comment on column finding.is_ranked is
'true when more than half of the scores are one number, so that their ranks are asked';
comment on column finding.rank_sign is
'direction of the link on the ranks of the scores, where these are asked';
comment on column finding.is_time_unknown is
'true when the time of day of many scores is not known';
comment on column finding.same_day_points is
'effect with what was done on the day of the score held fixed, points; asked where the '
'time of the scores is not known';
comment on column finding.same_day_p is 'p-value of that effect';
comment on column finding.verdict is
'clear, possible, hint, reacts, nothing_seen or not_enough_data';
comment on column finding.verdict_reason is
'why, as a code: the requirement that is not met (too_few_scores, exposure_never_known …), or '
'what decided (no_link, did_not_hold, reaction, too_small, halves_disagree, holds …)';
comment on column finding.had is
'for a requirement that is not met: what there is, a count or a share from 0 to 1';
comment on column finding.needed is
'for a requirement that is not met: what is needed, or the most allowed';
comment on column finding.still_needed is
'which data are still missing for a verdict, with the numbers; null when none are';
comment on column finding.would_have_shown is
'where no link was seen, the smallest difference that would probably have shown, in words';
comment on column finding.statement is
'the finding in words, to be shown below a heading that names the verdict';
comment on column finding.details is
'the numbers behind the sentence, in words; null where nothing was compared';
comment on column finding.sentence is 'the finding in one plain sentence';
