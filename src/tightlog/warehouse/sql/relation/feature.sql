-- One row per feature, a column of day.
create or replace table feature as
select
    f.feature,
    f.unit,
    f.family,
    f.definition,
    f.source
from incoming_feature as f;
comment on column feature.feature is 'name of the column in day';
comment on column feature.unit is 'its unit';
comment on column feature.family is
'what it is about: coverage, tightness, mileage, recovery, load, cross_training, shoes, context '
'(your diary''s own) and the like';
comment on column feature.definition is 'its definition, in words';
comment on column feature.source is 'where the definition comes from';
