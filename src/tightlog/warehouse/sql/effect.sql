-- One row per intervention evaluated: the next score after doing it, against like days without.
create or replace table effect as
select
    e.intervention, e.n_done, e.n_not_done, e.effect_points, e.effect_low, e.effect_high, e.p_value, e.verdict,
    e.smallest_detectable_points, e.sentence
from incoming_effect as e;
comment on column effect.intervention is 'the intervention, see intervention';
comment on column effect.n_done is 'days it was done, with a score on that and the next day';
comment on column effect.n_not_done is 'comparable days it was not done';
comment on column effect.effect_points is 'difference in the next score at the same score today, points 0–10; negative is better';
comment on column effect.effect_low is 'lower end of its 95 % interval, points';
comment on column effect.effect_high is 'upper end of its 95 % interval, points';
comment on column effect.p_value is 'permutation p-value';
comment on column effect.verdict is 'helps, hurts, nothing_seen or not_enough_data';
comment on column effect.smallest_detectable_points is 'smallest effect these data could have shown, points';
comment on column effect.sentence is 'the effect in one plain sentence';
