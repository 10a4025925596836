-- One row: when the answers were made, and what they cover.
select
    p.tightlog_version,
    p.refreshed_at,
    p.as_of_day,
    p.is_sample,
    (select min(d.day) from day as d) as first_day,
    (select max(d.day) from day as d) as last_day,
    (select count(*) from day as d where d.tightness_score is not null) as scored_days
from publication as p
