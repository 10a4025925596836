-- One row per path under data/raw, and one more per archive member.
create or replace table source_file as
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

twins as (
    select
        a.sha256,
        count(*) as activity_count,
        count(t.activity_id) as twin_count,
        count(*) filter (where i.is_ignored) as ignored_count,
        count(*) filter (where clock.is_set_aside and not coalesce(i.is_confirmed, false))
            as doubtful_count,
        bool_or(list_contains(clock.doubts, 'too_long')) as is_too_long,
        case
            when count(*) = 1 then min(t.reason || ', ' || kept_place.place)
            when a.is_listed and bool_and(t.rule = 'named')
                then
                    'its '
                    || count(*)
                    || ' activities are in the export''s own files, which say more'
            when a.is_listed
                then 'its ' || count(*) || ' activities are recorded in other files, which say more'
            else min(t.reason || ', ' || kept_place.place)
        end as reason
    from ingest.activity as a
    left join duplicate_activity as t on t.activity_id = a.activity_id
    left join ingest.twin_fact as i on i.activity_id = a.activity_id
    left join ingest.clock as clock on clock.activity_id = a.activity_id
    left join ingest.activity as kept on kept.activity_id = t.kept_activity_id
    left join kept_place on kept_place.sha256 = kept.sha256
    group by a.sha256, a.is_listed
),

judged as (
    select
        n.*,
        c.status as content_status,
        c.reason as content_reason,
        c.reason_code as content_reason_code,
        c.reader,
        c.activity_count,
        c.columns,
        n.sha256 is not null and n.status = 'unreadable' as is_closed,
        n.sha256 is not null and n.copy_number > 1 and c.status <> 'unreadable' as is_copy,
        coalesce(t.activity_count = t.twin_count, false) as is_twin,
        t.reason as twin_reason,
        case
            when
                t.ignored_count > 0
                then
                    'you left ' || t.ignored_count || ' of its activities out, see ignored_activity'
        end as ignored_reason,
        case
            when t.doubtful_count > 0
                then
                    case
                        when t.is_too_long then 'it lasts over two weeks'
                        else 'it is dated ten years or more from all your other activities'
                    end
                    || ': it does not count until you say that it is right, see doubtful_activity'
        end as doubtful_reason
    from numbered as n
    left join ingest.content as c on c.sha256 = n.sha256
    left join twins as t on t.sha256 = n.sha256
)

select
    path,
    member,
    judged.sha256,
    size_bytes,
    case
        when is_closed then status
        when is_copy or is_twin then 'duplicate'
        else coalesce(content_status, status)
    end as status,
    case
        when is_closed then reason
        when is_copy then 'the same bytes as ' || first_place
        when is_twin then twin_reason
        else coalesce(nullif(
            concat_ws('; ', content_reason, ignored_reason, doubtful_reason), ''
        ), reason)
    end as reason,
    case
        when is_closed then null
        when is_copy then 'same_bytes'
        when is_twin then 'twin'
        else coalesce(content_reason_code, reason_code)
    end as reason_code,
    reader,
    columns,
    coalesce(activity_count, 0) as activity_count,
    first_seen_at,
    v.verified_by,
    v.read_again_at,
    v.second_reading,
    stat_fingerprint,
    is_new
from judged
left join ingest.second_reading as v on v.sha256 = judged.sha256
order by path, member nulls first;
comment on column source_file.path is 'path below data/raw';
comment on column source_file.member is 'name inside the archive; null for a plain file';
comment on column source_file.sha256 is
'SHA-256 of the file''s bytes; null when the file was never opened';
comment on column source_file.size_bytes is 'size in bytes';
comment on column source_file.status is 'read, partial, duplicate, no_activity or unreadable';
comment on column source_file.reason is
'why the file was not read completely, in words, and how many rows of a diary are about other '
'body regions; null otherwise';
comment on column source_file.reason_code is
'the kind of reason: not_a_diary (a table without a score), not_needed (a part of an export), '
'same_bytes, twin (each of its activities counts from another file); null for others';
comment on column source_file.columns is
'how each column of a diary was understood, and which were ignored; null for other files';
comment on column source_file.reader is
'reader used: {reader_names}; null when none fits';
comment on column source_file.activity_count is 'sport sessions found in it, twins included';
comment on column source_file.first_seen_at is
'UTC instant of the refresh that first found it here';
comment on column source_file.verified_by is
'program that decoded the file a second time and found the same sessions, records, distance and '
'cadence, with its version; null where none did';
comment on column source_file.read_again_at is
'UTC instant of the second reading; null before there is one';
comment on column source_file.second_reading is
'what became of the second reading: same, different (tightlog doctor says in what), not_possible '
'(the other program fails on the file) or too_large; null before there is one';
comment on column source_file.stat_fingerprint is
'size, modification and change time on disk; the file is not opened again until this changes';
comment on column source_file.is_new is
'true when the last refresh saw this content for the first time';
