-- One row per other thing known of a day and who says it: nights, heart, steps, and what a diary
-- notes beside the tightness.
create or replace table context as
with noted as (
    -- The same row in two exports counts once.
    select distinct
        c.day,
        c.name,
        c.value,
        c.unit,
        c.source,
        c.device,
        c.evidence,
        c.written_at,
        c.chosen_among,
        c.rank
    from ingest.context as c
    where c.evidence = 'noted' or c.chosen_among is null
),

measured as (
    select *
    from ingest.context
    where evidence <> 'noted' and chosen_among is not null
),

-- A source writes a night again at every sync: only its last word counts, and as a whole.
revised as (
    select
        m.*,
        dense_rank() over (
            partition by m.day, m.chosen_among, m.source, m.device
            order by m.written_at desc nulls last, m.sha256 asc
        ) as age
    from measured as m
    where m.part is null and m.weight is null
),

-- What is counted from midnight on: the highest count of each part.
highest as (
    select
        day,
        name,
        unit,
        source,
        device,
        chosen_among,
        part,
        max(value) as value,
        min(evidence) as evidence,
        max(written_at) as written_at,
        min(rank) as rank
    from measured
    where part is not null
    group by all
),

known as (
    select * from noted
    union all by name
    select distinct * exclude (sha256, age, part, weight)
    from revised
    where age = 1
    union all by name
    select
        day,
        name,
        unit,
        source,
        device,
        chosen_among,
        sum(value) as value,
        min(evidence) as evidence,
        max(written_at) as written_at,
        min(rank) as rank
    from highest
    group by all
    union all by name
    select
        day,
        name,
        unit,
        source,
        device,
        chosen_among,
        sum(value) / sum(weight) as value,
        min(evidence) as evidence,
        max(written_at) as written_at,
        min(rank) as rank
    from measured
    where weight is not null
    group by all
),

-- Of sources that are worth the same, the one of more days is believed: a change of the source
-- inside a history would look like a change of the runner.
usual as (
    select
        chosen_among,
        source,
        device,
        count(distinct day) as day_count
    from known
    where chosen_among is not null
    group by all
),

ranked as (
    select
        k.day,
        k.chosen_among,
        k.source,
        k.device,
        row_number() over (
            partition by k.day, k.chosen_among
            order by
                min(k.rank) asc,
                any_value(u.day_count) desc,
                max(k.written_at) desc nulls last,
                k.source asc,
                k.device asc nulls last
        ) as place
    from known as k
    inner join usual as u
        on
            k.chosen_among = u.chosen_among
            and k.source = u.source
            and k.device is not distinct from u.device
    group by
        k.day,
        k.chosen_among,
        k.source,
        k.device
)

select
    k.day,
    k.name,
    k.value,
    k.unit,
    k.source,
    k.device,
    k.evidence,
    k.written_at,
    coalesce(r.place = 1, true) as is_chosen
from known as k
left join ranked as r
    on
        k.day = r.day
        and k.chosen_among = r.chosen_among
        and k.source = r.source
        and k.device is not distinct from r.device
union all by name
-- What eased the back before a score is of the day before it: that day is compared.
select distinct
    t.day - 1 as day,
    unnest(t.eased) as name,
    1.0 as value,
    'done' as unit,
    'diary' as source,
    null as device,
    'noted' as evidence,
    null as written_at,
    true as is_chosen
from tightness as t
order by all;
comment on column context.day is
'the runner''s local date; a night is of the day on which it ended';
comment on column context.name is 'what was noted or measured';
comment on column context.value is 'its value, in unit';
comment on column context.unit is 'unit of the value; null when it has none';
comment on column context.source is
'where it comes from: a diary file, or the program or device whose file it is';
comment on column context.device is
'the device that measured it, or its maker; null when its file does not say';
comment on column context.evidence is
'what it rests on, the better first: stages (a night with its stages), wearable, phone, noted '
'(your own word), bed (a night of which only the time in bed is known)';
comment on column context.written_at is
'UTC instant at which its source wrote it; null when its file does not say';
comment on column context.is_chosen is
'true for what is in `day`; of several sources of one night or quantity, one is chosen: the better '
'evidence, then the vendor''s own export before a device''s file before a copy elsewhere, then the '
'source of more days';
