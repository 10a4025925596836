-- One row per intervention done that a diary file tells of.
create table if not exists ingest.intervention (
    sha256 varchar not null,
    entry_id varchar not null,
    done_at timestamptz,
    day date not null,
    intervention varchar not null,
    minutes double,
    rpe double,
    source varchar not null
);
