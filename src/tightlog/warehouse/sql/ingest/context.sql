-- One row per other thing a file says about a day. Of what a device measured, chosen_among names
-- what shares its source on a day, and the lowest rank is believed; a part is of a sum, a weight of
-- a mean.
create table if not exists ingest.context (
    sha256 varchar not null,
    day date not null,
    name varchar not null,
    value double,
    unit varchar,
    source varchar not null,
    device varchar,
    evidence varchar not null,
    written_at timestamptz,
    part varchar,
    weight double,
    chosen_among varchar,
    rank integer not null
);
