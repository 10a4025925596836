-- One row per piece of advice of a day; see pattern_match for what is left out.
with told as (
    -- The links whose words are shared, as in finding.
    select statement
    from finding
    where
        list_contains(getvariable('shared_columns'), exposure)
        and (
            held_fixed is null
            or family = 'daily_life'
            or (getvariable('wellness') and getvariable('context'))
        )
)

select
    day,
    rank,
    intervention,
    pattern,
    case
        when pattern = 'R16' then null
        when
            pattern <> 'R21'
            or exists (
                select 1
                from told
                where contains(advice.your_data, told.statement)
            )
            then your_data
    end as your_data,
    what_is_known,
    article_says,
    heading
from advice
where
    (pattern <> 'R0' or getvariable('red_flags'))
    and (pattern <> 'R19' or (getvariable('wellness') and getvariable('context')))
