-- One row per activity read, twins among them; of one of a list, with the shoe its export's list
-- of gear says.
select a.* replace (coalesce(a.shoe, s.shoe) as shoe)
from ingest.activity as a
left join ingest.listed_shoe as s on s.activity_id = a.activity_id
