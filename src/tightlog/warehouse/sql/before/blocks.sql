-- One row: how large the blocks of the version before are, and how many of them are used and free.
select
    block_size,
    used_blocks,
    free_blocks
from pragma_database_size()
where database_name = 'before'
