-- One row per pattern this home has no data for.
select
    pattern,
    title,
    needs
from pattern
where not is_watched
order by cast(substr(pattern, 2) as integer)
