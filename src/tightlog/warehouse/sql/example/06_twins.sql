-- Which recordings were set aside because a richer one of the same activity counts?
with place as (
    select
        sha256,
        min(path) as path
    from source_file
    group by sha256
)

select
    a.day,
    a.sport,
    aside.path as set_aside,
    kept.path as kept,
    d.reason
from duplicate_activity as d
inner join activity as a on a.activity_id = d.kept_activity_id
left join place as aside on aside.sha256 = d.sha256
left join place as kept on kept.sha256 = a.sha256
order by a.day desc
