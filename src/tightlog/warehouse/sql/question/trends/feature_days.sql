-- One row per day of the range on which the feature asked for is known: as a number, and as it is
-- stored.
-- $1 the first day
-- $2 the last day
-- $3 the feature
with long as (
    unpivot (select
        day,
        columns(* exclude (day))::varchar
    from day where day between $1 and $2)
    on columns(* exclude (day))
    into name feature value word
)

select
    day,
    try_cast(word as double) as amount,
    word
from long where feature = $3 order by day
