-- One row per hypothesis of the runner that stands, oldest first.
select
    name,
    declared_on,
    reason,
    sentence
from hypothesis
where withdrawn_on is null
order by
    declared_on,
    name
