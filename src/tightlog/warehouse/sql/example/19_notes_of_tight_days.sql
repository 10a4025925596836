-- What did I note on my tightest days?
select
    t.day,
    t.score,
    t.moment,
    t.note,
    t.source
from tightness as t
where t.note is not null
order by t.score desc, t.day desc
limit 50
