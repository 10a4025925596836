-- One row per rule and day it matched. R0 is about red flags, R19 about nights, stress and sitting;
-- the words of R16 name a shoe, and those of R21 of a link.
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
    pattern,
    state,
    started_on,
    case
        when pattern = 'R16' then null
        when
            pattern <> 'R21'
            or exists (
                select 1
                from told
                where contains(pattern_match.evidence, told.statement)
            )
            then evidence
    end as evidence,
    value,
    threshold,
    case when getvariable('red_flags') then red_flags end as red_flags,
    until_on
from pattern_match
where
    (pattern <> 'R0' or getvariable('red_flags'))
    and (pattern <> 'R19' or (getvariable('wellness') and getvariable('context')))
