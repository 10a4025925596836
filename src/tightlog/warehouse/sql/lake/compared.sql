-- One row per estimate of a home that agreed to be compared: its own, and drawn towards the cohort.
create or replace table compared as
select
    i.home,
    i.kind,
    i.name,
    i.title,
    i.own_points,
    i.own_error_points,
    i.shrunk_points,
    i.shrunk_low,
    i.shrunk_high,
    i.homes,
    i.sentence
from incoming_compared as i
order by i.home, i.kind, i.name;
comment on table compared is 'estimate of a home that agreed to be compared';
comment on column compared.kind is 'finding, effect or trial';
comment on column compared.name is 'the exposure or the intervention, see pooled';
comment on column compared.title is 'the same in words';
comment on column compared.own_points is
'what the runner''s own data say between the values of pooled, points';
comment on column compared.own_error_points is 'its standard error, points';
comment on column compared.shrunk_points is
'the same drawn towards the mean of the cohort as far as its own error is large, points';
comment on column compared.shrunk_low is 'lower end of its 95 % interval, points';
comment on column compared.shrunk_high is 'upper end of the same interval, points';
comment on column compared.homes is 'homes the mean is made of';
comment on column compared.sentence is 'the same in words';
