-- One row: what this version of the warehouse was made from, and when.
create or replace table publication as
select
    p.schema_version,
    p.tightlog_version,
    p.refreshed_at,
    p.as_of_day,
    p.time_zone,
    p.settings_fingerprint,
    p.journal_fingerprint,
    p.diary_fingerprint,
    p.reads_wellness,
    p.is_analysed,
    p.is_sample
from incoming_publication as p;
comment on column publication.schema_version is
'format of the relations and readers; a warehouse in another format is rebuilt from data/raw';
comment on column publication.tightlog_version is 'version of tightlog that wrote it';
comment on column publication.refreshed_at is 'UTC instant of the refresh';
comment on column publication.as_of_day is 'local date of the refresh; advice is for this day';
comment on column publication.time_zone is
'time zone from the settings, used where neither device nor position gives one';
comment on column publication.settings_fingerprint is 'SHA-256 of the settings used';
comment on column publication.journal_fingerprint is 'SHA-256 of the journal used';
comment on column publication.diary_fingerprint is
'SHA-256 of the settings about diary files; when it changes, diary files are read again';
comment on column publication.reads_wellness is
'false when the nights and days of devices were left unread, by the settings';
comment on column publication.is_analysed is 'false when files were read but not analysed';
comment on column publication.is_sample is 'true for the simulated runner of the sample home';
