-- One row per thing known of the night that ended on the day asked for, and its value.
-- $1 the day
with long as (
    unpivot (select
        day,
        columns('^(context_sleep_h|sleep_deviation_.*|hrv_rmssd_deviation_sd)$')::double
    from day where day = $1)
    on columns(* exclude (day))
    into name feature value amount
)

select
    feature,
    amount
from long order by feature
