-- One row per day with a morning score, and whether some score of that day is from a file.
select
    d.day,
    d.tightness_score,
    coalesce(bool_or(t.source <> 'diary'), true) as is_of_file
from day as d
left join tightness as t on t.day = d.day
where d.tightness_score is not null
group by
    d.day,
    d.tightness_score
order by d.day
