-- One row per hypothesis the runner wrote down before looking, withdrawn ones too.
create or replace table hypothesis as
select
    h.entry_id,
    h.name,
    h.expression,
    h.unit,
    h.declared_on,
    h.withdrawn_on,
    h.reason,
    h.lag_window,
    h.n_days,
    h.exposure_days,
    h.exposure_low,
    h.exposure_high,
    h.effect_points,
    h.effect_low,
    h.effect_high,
    h.shrunk_points,
    h.p_value,
    h.q_value,
    h.e_value,
    h.smallest_detectable_points,
    h.score_count,
    h.scores_needed,
    h.robustness_pct,
    h.tests,
    h.verdict,
    h.verdict_reason,
    h.had,
    h.needed,
    h.still_needed,
    h.would_have_shown,
    h.statement,
    h.sentence
from incoming_hypothesis as h;
comment on column hypothesis.entry_id is 'id of the entry in the journal';
comment on column hypothesis.name is 'what the runner calls it';
comment on column hypothesis.expression is
'what is tested: a column or SQL expression of day, or the name of something the diary notes';
comment on column hypothesis.unit is 'its unit; empty for none';
comment on column hypothesis.declared_on is
'local date it was written down; only scores of days after it are evidence';
comment on column hypothesis.withdrawn_on is
'date it was withdrawn; null while it stands. It stays in the family, or dropping what looks bad '
'would be a choice by the scores';
comment on column hypothesis.reason is 'why it cannot be tested; null where it can';
comment on column hypothesis.lag_window is 'days before the rating it was taken from';
comment on column hypothesis.n_days is 'scores after it was written down, with a value before them';
comment on column hypothesis.exposure_days is 'days that differ from its most common value';
comment on column hypothesis.exposure_low is 'low value, in unit: the 10th percentile';
comment on column hypothesis.exposure_high is 'high value, in unit: the 90th percentile';
comment on column hypothesis.effect_points is
'difference in the score between low and high, points 0–10';
comment on column hypothesis.effect_low is 'lower end of its 95 % interval, points';
comment on column hypothesis.effect_high is 'upper end of its 95 % interval, points';
comment on column hypothesis.shrunk_points is
'the difference as shown: shrunk towards 0 as far as the evidence is weak, points';
comment on column hypothesis.p_value is 'permutation p-value';
comment on column hypothesis.q_value is
'p-value adjusted over all hypotheses (Benjamini–Hochberg)';
comment on column hypothesis.e_value is
'evidence that may be looked at every day: on average at most 1 without a link';
comment on column hypothesis.smallest_detectable_points is
'smallest difference these data could have shown, points';
comment on column hypothesis.score_count is 'scores after the first hypothesis was written down';
comment on column hypothesis.scores_needed is 'scores needed';
comment on column hypothesis.robustness_pct is
'how much of both a cause that is not logged would have to explain to be all of it, %';
comment on column hypothesis.tests is 'hypotheses judged together';
comment on column hypothesis.verdict is
'clear, possible, hint, reacts, nothing_seen or not_enough_data, as of a finding';
comment on column hypothesis.verdict_reason is 'why this verdict (code)';
comment on column hypothesis.had is 'what there is of what the verdict lacks';
comment on column hypothesis.needed is 'how much of it is needed';
comment on column hypothesis.still_needed is 'the same in words';
comment on column hypothesis.would_have_shown is 'what would probably have been seen, in words';
comment on column hypothesis.statement is 'the result in words, without the verdict';
comment on column hypothesis.sentence is 'the result in plain sentences';
