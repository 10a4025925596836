-- One row per exposure, intervention or trial that homes of the cohort have an estimate of.
create or replace table pooled as
select
    i.kind,
    i.name,
    i.title,
    i.unit,
    i.homes,
    i.up,
    i.down,
    i.contrast_low,
    i.contrast_high,
    i.mean_points,
    i.error_points,
    i.mean_low,
    i.mean_high,
    i.lasting_low,
    i.lasting_high,
    i.p_value,
    i.q_value,
    i.predicted_low,
    i.predicted_high,
    i.spread_points,
    i.i2_pct,
    i.heterogeneity_p,
    i.reacting,
    i.verdict,
    i.sentence
from incoming_pooled as i
order by i.kind, i.p_value nulls last, i.name;
comment on table pooled is 'exposure, intervention or trial over all homes that share estimates';
comment on column pooled.kind is 'finding, effect or trial';
comment on column pooled.name is 'the exposure (see finding) or the intervention';
comment on column pooled.title is 'the same in words';
comment on column pooled.unit is 'unit of the contrast; empty for a count or a yes/no value';
comment on column pooled.homes is 'homes with an estimate and its standard error';
comment on column pooled.up is 'of these, homes whose own estimate is above 0 (tighter)';
comment on column pooled.down is 'of these, homes whose own estimate is below 0';
comment on column pooled.contrast_low is
'low value all estimates are told for: the median of the homes'' own 10th percentiles; null for '
'an intervention';
comment on column pooled.contrast_high is 'high value: the median of their 90th percentiles';
comment on column pooled.mean_points is
'mean effect over runners between these two values, points 0–10 (random effects, REML); of an '
'intervention between done and not done';
comment on column pooled.error_points is 'standard error of the mean (Hartung–Knapp), points';
comment on column pooled.mean_low is
'lower end of its 95 % interval, points';
comment on column pooled.mean_high is 'upper end of the same interval, points';
comment on column pooled.lasting_low is
'lower end of a 95 % interval that holds however often one looks, points; higher and lower need '
'it not to hold 0';
comment on column pooled.lasting_high is 'upper end of the same interval, points';
comment on column pooled.p_value is 'p-value of the mean against 0';
comment on column pooled.q_value is
'p-value adjusted over all rows of its kind (Benjamini–Hochberg)';
comment on column pooled.predicted_low is
'lower end of the 95 % prediction interval of one more runner, at all looks, points';
comment on column pooled.predicted_high is 'upper end of the same interval, points';
comment on column pooled.spread_points is
'standard deviation of the true effects between runners (tau), points';
comment on column pooled.i2_pct is
'share of the variation between estimates that is not their own error, %';
comment on column pooled.heterogeneity_p is
'p-value of Cochran''s test that all runners are alike';
comment on column pooled.reacting is
'homes that do it in response to their score, by their own test';
comment on column pooled.verdict is
'higher, lower, nothing_seen, reacts or too_few_homes (fewer than 5)';
comment on column pooled.sentence is 'the same in words; null with too few homes';
