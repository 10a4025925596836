-- One row per other thing a diary file says about a day.
create table if not exists ingest.context (
    sha256 varchar not null,
    day date not null,
    name varchar not null,
    value double,
    unit varchar,
    source varchar not null
);
