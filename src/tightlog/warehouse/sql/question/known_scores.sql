-- One row per score the warehouse holds.
select entry_id from tightness
