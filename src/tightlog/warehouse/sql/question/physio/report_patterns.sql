-- One row per pattern that stood on a day of the range asked for: how often it began, on how many
-- days it stood, and its newest numbers.
-- $1 the first day
-- $2 the last day
select
    p.pattern,
    p.title,
    p.why,
    p.grade,
    p.source,
    count(*) filter (where m.state = 'new') as times_begun,
    count(*) as day_count,
    max(m.started_on) as last_begun,
    max(m.day) as last_day,
    arg_max(m.evidence, m.day) as newest_evidence
from pattern_match as m
inner join pattern as p on p.pattern = m.pattern
where m.day between $1 and $2 and m.pattern not in ('R0', 'R22')
group by p.pattern, p.title, p.why, p.grade, p.source
order by p.grade, day_count desc, cast(substr(p.pattern, 2) as integer)
