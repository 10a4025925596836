-- One row per path under data/raw and archive member; is_new marks what the last refresh saw for
-- the first time or changed.
create table if not exists ingest.location (
    path varchar not null,
    member varchar,
    sha256 varchar,
    size_bytes bigint not null,
    stat_fingerprint varchar not null,
    status varchar,
    reason varchar,
    reason_code varchar,
    first_seen_at timestamptz not null,
    is_new boolean not null
);
