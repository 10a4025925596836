-- One row per activity that all of it holds for, oldest first.
-- $1 true for those whose kind nothing says only
-- $2 the first day, null for any
-- $3 the last day, null for any
-- $4 a text in what recorded it, '' for any
-- $5 the folder of its file under data/raw, or the file, '' for any
select a.activity_id
from activity as a
where
    (not $1::boolean or (a.is_counted and a.sport_rule = 'unknown'))
    and ($2::date is null or a.day >= $2)
    and ($3::date is null or a.day <= $3)
    and contains(lower(coalesce(a.device, '')), lower($4))
    and (
        $5 = ''
        or a.sha256 in (
            select s.sha256
            from source_file as s
            where s.path = $5 or starts_with(s.path, concat($5, '/'))
        )
    )
order by a.started_at, a.activity_id
