-- One row per scored day whose exposure is known: its value in the lag window before the score, and
-- what its fifth of the days scored.
-- $1 the number the values are divided by
-- $2 the exposure's feature
-- $3 the lag window, d; 0 for a night that ended on the morning of the score
with long as (
    -- bound: size of the exposure's unit, the exposure (a column of day), its look-back in days.
    unpivot (select
        day,
        try_cast(columns(* exclude (day)) as double)
    from day)
    on columns(* exclude (day))
    into name exposure value amount
),

before_score as (
    select
        s.day,
        s.tightness_score as score,
        x.amount / $1 as amount
    from day as s
    inner join long as x
        on
            x.exposure = $2
            and x.day between s.day - $3::integer and s.day - least($3::integer, 1)
    where
        s.tightness_score is not null and isfinite(x.amount)
        and ($3 > 0 or coalesce(s.tightness_moment, 'morning') in ('morning', 'before'))
    qualify row_number() over (partition by s.day order by x.day desc) = 1
),

edge as (
    -- Many days share a value (no run): equal edges are one, so that equal days stay together.
    select distinct unnest(quantile_disc(amount, [0.2, 0.4, 0.6, 0.8])) as amount from before_score
),

binned as (
    select
        b.day,
        b.score,
        b.amount,
        (select count(*) from edge as e where e.amount < b.amount) as bin
    from before_score as b
)

select
    day,
    score,
    amount,
    bin,
    count(*) over same_bin as bin_day_count,
    min(amount) over same_bin as bin_lowest,
    max(amount) over same_bin as bin_highest,
    quantile_cont(score, 0.25) over same_bin as score_lower_quartile,
    median(score) over same_bin as score_median,
    quantile_cont(score, 0.75) over same_bin as score_upper_quartile
from binned
window same_bin as (partition by bin)
order by day
