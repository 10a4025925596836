-- One row per intervention evaluated: the next score after doing it, against like days without.
create or replace table effect as
select
    e.intervention,
    e.n_done,
    e.n_not_done,
    e.effect_points,
    e.effect_low,
    e.effect_high,
    e.error_points,
    e.p_value,
    e.q_value,
    e.smallest_detectable_points,
    e.is_run_held_fixed,
    e.inseparable_from,
    e.shrunk_points,
    e.e_value,
    e.stood_a_week_earlier,
    e.first_seen_on,
    e.robustness_pct,
    e.context_held_fixed,
    e.days_apart,
    e.verdict,
    e.verdict_reason,
    e.had,
    e.needed,
    e.still_needed,
    e.statement,
    e.details,
    e.sentence
from incoming_effect as e;
comment on column effect.intervention is 'the intervention, see intervention';
comment on column effect.n_done is
'days on which it was done, with a score on that day and the next';
comment on column effect.n_not_done is 'comparable days on which it was not done';
comment on column effect.effect_points is
'difference in the next score at the same score today, points 0–10; negative is better';
comment on column effect.effect_low is 'lower end of its 95 % interval, points';
comment on column effect.effect_high is 'upper end of its 95 % interval, points';
comment on column effect.error_points is
'standard error of effect_points, points; what a cohort needs to combine runners';
comment on column effect.p_value is 'permutation p-value';
comment on column effect.q_value is 'p-value adjusted over all interventions (Benjamini–Hochberg)';
comment on column effect.smallest_detectable_points is
'smallest effect these data could have shown, points';
comment on column effect.is_run_held_fixed is 'true when the run of the same day was held fixed';
comment on column effect.inseparable_from is
'an intervention done on nearly the same days, so the two cannot be told apart; null when there '
'is none';
comment on column effect.shrunk_points is
'the effect as shown: shrunk towards 0 as far as the evidence is weak, points';
comment on column effect.e_value is
'evidence that may be looked at every day: on average at most 1 without an effect';
comment on column effect.stood_a_week_earlier is
'true when the scores up to a week earlier said the same';
comment on column effect.first_seen_on is
'first Monday on which it helped or hurt; null when it never did';
comment on column effect.robustness_pct is
'share of both intervention and next score a cause nobody logged would have to explain, %';
comment on column effect.context_held_fixed is
'what of the diary was held fixed (painkillers, physio, heat); null when nothing was';
comment on column effect.days_apart is
'days with only one of the two, where they can hardly be told apart';
comment on column effect.verdict is 'helps, hurts, hint, nothing_seen or not_enough_data';
comment on column effect.verdict_reason is
'why, as a code: too_few_days_done, too_few_days_without, inseparable, next_scores_too_alike, '
'no_difference, too_small, seen_once, seen_twice or holds';
comment on column effect.had is 'of the data that are missing: days there are';
comment on column effect.needed is 'of the data that are missing: days needed';
comment on column effect.still_needed is
'which data are still missing for a verdict, with the numbers; null when none are';
comment on column effect.statement is
'the effect in words, to be shown below a heading that names the verdict';
comment on column effect.details is
'the numbers behind the sentence, in words; null where nothing was compared';
comment on column effect.sentence is 'the effect in one plain sentence';
