-- One row per other thing a diary says about a day: sleep, stress, sitting, mood.
-- The same row in two exports counts once.
create or replace table context as
select distinct
    c.day,
    c.name,
    c.value,
    c.unit,
    c.source
from ingest.context as c
union all
-- What eased the back before a score is of the day before it: that day is compared.
select distinct
    t.day - 1 as day,
    unnest(t.eased) as name,
    1.0 as value,
    'done' as unit,
    'diary' as source
from tightness as t
order by all;
comment on column context.day is 'the runner''s local date';
comment on column context.name is 'what was noted';
comment on column context.value is 'its value, in unit';
comment on column context.unit is 'unit of the value; null when it has none';
comment on column context.source is 'where it was noted: a diary file or program';
