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
order by c.day, c.name, c.source;
comment on column context.day is 'the runner''s local date';
comment on column context.name is 'what was noted';
comment on column context.value is 'its value, in unit';
comment on column context.unit is 'unit of the value; null when it has none';
comment on column context.source is 'where it was noted: a diary file or program';
