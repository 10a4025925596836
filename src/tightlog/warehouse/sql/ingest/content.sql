-- One row per distinct content read, keyed by the SHA-256 of its bytes: the ledger that makes a
-- second refresh read nothing again.
create table if not exists ingest.content (
    sha256 varchar not null,
    status varchar not null,
    reason varchar,
    reason_code varchar,
    reader varchar,
    activity_count integer not null,
    score_count integer not null,
    columns varchar
);
