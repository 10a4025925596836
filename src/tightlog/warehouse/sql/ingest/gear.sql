-- One row per activity of a Garmin export's list and content that says which shoe it was done in.
create table if not exists ingest.gear (
    sha256 varchar not null,
    listed_id bigint not null,
    shoe varchar not null
);
