-- One row per place of a file, a path under data/raw or an archive member: what is known of it, as
-- codes and numbers for the words of its reason, which are made in `words/files.py`.
with numbered as (
    select
        *,
        row_number() over (partition by sha256 order by path, member nulls first) as copy_number,
        first_value(concat_ws(' > ', path, member))
            over (partition by sha256 order by path, member nulls first)
            as first_place
    from ingest.location
),

kept_place as (
    select
        sha256,
        min(concat_ws(' > ', path, member)) as place
    from ingest.location
    where sha256 is not null
    group by sha256
),

held as (
    select
        a.sha256,
        a.session_index,
        a.is_listed,
        a.elapsed_s,
        a.speed_mps,
        a.device_offset_s,
        k.sport,
        t.kept_activity_id is not null as is_twin,
        t.rule = 'named' as is_named,
        case
            when p.place is not null then struct_pack(reason := t.reason, place := p.place)
        end as twin,
        coalesce(f.is_ignored, false) as is_left_out,
        coalesce(c.is_set_aside, false)
        and not coalesce(f.is_confirmed, false)
        and not coalesce(f.is_ignored, false) as is_waiting,
        c.day as day_used,
        c.doubts,
        c.is_set_aside,
        c.utc_offset_s as offset_used_s
    from ingest.activity as a
    left join duplicate_activity as t on t.activity_id = a.activity_id
    left join ingest.twin_fact as f on f.activity_id = a.activity_id
    left join ingest.kind as k on k.activity_id = a.activity_id
    left join ingest.clock as c on c.activity_id = a.activity_id
    left join ingest.activity as kept on kept.activity_id = t.kept_activity_id
    left join kept_place as p on p.sha256 = kept.sha256
),

held_by_file as (
    select
        sha256,
        bool_and(is_twin) as is_twin,
        bool_and(is_listed) as is_list,
        bool_and(is_named) as is_all_named,
        min(twin) as twin,
        count(*) filter (where is_left_out) as left_out_count,
        count(*) filter (where is_waiting) as waiting_count,
        arg_min(
            {
                'day': day_used,
                'sport': sport,
                'elapsed_s': elapsed_s,
                'speed_mps': speed_mps,
                'device_offset_s': device_offset_s,
                'utc_offset_s': offset_used_s,
                'doubts': doubts,
                'is_set_aside': is_set_aside
            },
            session_index
        ) filter (where is_waiting) as doubtful
    from held
    group by sha256
),

file as (
    select
        n.*,
        c.status as content_status,
        c.reason as content_reason,
        c.reason_code as content_reason_code,
        c.reader,
        c.columns,
        c.activity_count,
        h.* exclude (sha256, is_twin),
        n.sha256 is not null and coalesce(n.status = 'unreadable', false) as is_closed,
        n.sha256 is not null and n.copy_number > 1 and c.status <> 'unreadable' as is_copy,
        coalesce(h.is_twin, false) as is_twin
    from numbered as n
    left join ingest.content as c on c.sha256 = n.sha256
    left join held_by_file as h on h.sha256 = n.sha256
)

select
    f.path,
    f.member,
    f.sha256,
    f.size_bytes,
    case
        when f.is_closed then f.status
        when f.is_copy or f.is_twin then 'duplicate'
        else coalesce(f.content_status, f.status)
    end as status,
    case
        when f.is_closed then null
        when f.is_copy then 'same_bytes'
        when f.is_twin then 'twin'
        else coalesce(f.content_reason_code, f.reason_code)
    end as reason_code,
    f.reader,
    f.columns,
    coalesce(f.activity_count, 0) as activity_count,
    coalesce(f.left_out_count, 0) as left_out_count,
    coalesce(f.waiting_count, 0) as waiting_count,
    f.first_seen_at,
    v.verified_by,
    v.read_again_at,
    v.second_reading,
    f.stat_fingerprint,
    f.is_new,
    f.reason as place_reason,
    case when not f.is_closed then f.content_reason end as content_reason,
    f.first_place,
    f.is_list,
    f.is_all_named,
    f.twin,
    f.doubtful
from file as f
left join ingest.second_reading as v on v.sha256 = f.sha256
