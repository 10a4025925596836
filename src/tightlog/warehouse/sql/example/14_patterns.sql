-- Which patterns began how often, and when last?
select
    p.title,
    p.grade,
    p.is_watched,
    count(m.day) filter (where m.state = 'new') as times_begun,
    count(m.day) as days,
    max(m.started_on) as last_begun,
    arg_max(m.evidence, m.day) as newest_numbers
from pattern as p
left join pattern_match as m on m.pattern = p.pattern
group by p.pattern, p.title, p.grade, p.is_watched
order by times_begun desc, p.title
