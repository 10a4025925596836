-- One row per tightness score read from a file, whatever its day already holds.
create table if not exists ingest.score (
    sha256 varchar not null,
    entry_id varchar not null,
    rated_at timestamptz,
    day date not null,
    moment varchar,
    score double not null,
    is_sharp boolean,
    red_flags varchar[] not null,
    eased varchar[] not null,
    side varchar,
    radiation varchar,
    is_woken boolean,
    note varchar,
    source varchar not null,
    raw_value varchar,
    raw_moment varchar,
    file_line integer
);
