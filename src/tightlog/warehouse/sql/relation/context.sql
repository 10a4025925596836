-- One row per other thing known of a day and who says it: nights, heart, steps, a diary's notes.
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

-- Where a file does not say when it was written, one that reaches further was written later.
reaching as (
    select
        m.*,
        max(m.day) over (partition by m.sha256, m.source) as last_day
    from measured as m
    where m.part is null and m.weight is null
),

-- What one file says of a day, and of a night from when to when, in hours after noon the day
-- before.
said as (
    select
        day,
        chosen_among,
        source,
        device,
        sha256,
        max(written_at) as written_at,
        max(last_day) as last_day,
        max(value) filter (where name = 'sleep_h') as slept_h,
        max(value) filter (where name = 'bed_time_h') as begins_h,
        max(value) filter (where name = 'bed_time_h')
        + max(value) filter (where name in ('sleep_h', 'time_in_bed_h')) as ends_h
    from reaching
    group by all
),

-- A source writes a night again at every sync: of what it says of the same hours, or where the
-- hours are not known, only its last word counts, and as a whole. Of two sleeps of a day the night
-- is the one that ends between 3:00 and 15:00, else the longer.
last_word as (
    select
        s.*,
        row_number() over (
            partition by s.day, s.chosen_among, s.source, s.device
            order by
                coalesce(s.ends_h between 15 and 27, true) desc,
                s.slept_h desc nulls last,
                s.written_at desc nulls last,
                s.last_day desc,
                s.sha256 asc
        ) as place
    from said as s
    where not exists (
        select 1
        from said as later
        where
            later.day = s.day
            and later.chosen_among = s.chosen_among
            and later.source = s.source
            and later.device is not distinct from s.device
            and coalesce(later.begins_h < s.ends_h and s.begins_h < later.ends_h, true)
            and (
                coalesce(later.written_at, timestamptz '-infinity'), later.last_day, s.sha256
            ) > (
                coalesce(s.written_at, timestamptz '-infinity'), s.last_day, later.sha256
            )
    )
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
    select distinct r.* exclude (sha256, last_day, part, weight)
    from reaching as r
    inner join last_word as w
        on
            r.day = w.day
            and r.chosen_among = w.chosen_among
            and r.source = w.source
            and r.device is not distinct from w.device
            and r.sha256 = w.sha256
    where w.place = 1
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
    -- A day without any step is one on which nothing was worn.
    having sum(value) >= 1
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
