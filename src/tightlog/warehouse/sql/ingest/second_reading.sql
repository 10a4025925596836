-- One row per content that was decoded a second time since its readers last changed; filled at each
-- refresh from the record beside the warehouse.
create table if not exists ingest.second_reading (
    sha256 varchar not null,
    verified_by varchar,
    read_again_at timestamptz not null,
    second_reading varchar not null
);
