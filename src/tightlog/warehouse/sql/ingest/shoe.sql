-- One row per pair of shoes the settings name.
create table if not exists ingest.shoe (
    shoe varchar not null,
    start_m double not null,
    first_day date,
    last_day date,
    is_default boolean not null,
    sport varchar not null
);
