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
    p.is_analysed,
    p.is_sample
from incoming_publication as p;
comment on column publication.schema_version is
'version of the relations and readers; another one is read anew from data/raw';
comment on column publication.tightlog_version is 'version of tightlog that wrote it';
comment on column publication.refreshed_at is 'UTC instant of the refresh';
comment on column publication.as_of_day is 'local date of the refresh: advice is for this day';
comment on column publication.time_zone is
'zone from the settings, used where neither device nor position tells one';
comment on column publication.settings_fingerprint is 'SHA-256 of the settings used';
comment on column publication.journal_fingerprint is 'SHA-256 of the journal used';
comment on column publication.diary_fingerprint is
'SHA-256 of what the settings said about diary files: with another one they are read anew';
comment on column publication.is_analysed is 'false when files were only ingested since';
comment on column publication.is_sample is 'true for the simulated runner of the sample home';
