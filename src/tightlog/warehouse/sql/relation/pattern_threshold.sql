-- One row per threshold of a rule.
create or replace table pattern_threshold as
select
    t.pattern,
    t.name,
    t.value,
    t.default_value,
    t.unit,
    t.meaning
from incoming_pattern_threshold as t;
comment on column pattern_threshold.pattern is 'the rule, see pattern';
comment on column pattern_threshold.name is 'its name in tightlog.toml, under [thresholds.R…]';
comment on column pattern_threshold.value is
'the number used, in unit: the runner''s own, else the default';
comment on column pattern_threshold.default_value is
'the number used when the runner has not chosen one, in unit';
comment on column pattern_threshold.unit is 'its unit';
comment on column pattern_threshold.meaning is 'what it means and where it comes from';
