-- One row per day of the range on which the feature asked for is known: as a number, and as it is stored.
with long as (
    unpivot (select day, columns(* exclude (day))::varchar from day where day between ? and ?)
    on columns(* exclude (day))
    into name feature value word
)
select day, try_cast(word as double) as amount, word from long where feature = ? order by day
