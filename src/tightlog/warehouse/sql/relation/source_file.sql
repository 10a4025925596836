-- One row per path under data/raw or in a source, and one more per archive member.
create or replace table source_file as
select
    f.path,
    f.member,
    f.sha256,
    f.size_bytes,
    f.status,
    f.reason,
    f.reason_code,
    f.reader,
    f.columns,
    f.activity_count,
    f.left_out_count,
    f.waiting_count,
    f.first_seen_at,
    f.verified_by,
    f.read_again_at,
    f.second_reading,
    f.stat_fingerprint,
    f.is_new
from incoming_source_file as f
order by f.path, f.member nulls first;
comment on column source_file.path is
'path below data/raw; of a file in a source, the source as tightlog.toml writes it and the path '
'below it';
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
comment on column source_file.left_out_count is
'how many of its activities you left out, see ignored_activity';
comment on column source_file.waiting_count is
'how many of its activities do not count until you confirm them, see doubtful_activity';
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
