-- One row: the number in force of one threshold of one rule; none before an analysis.
-- $1 the pattern
-- $2 the threshold's name
select value from pattern_threshold where pattern = $1 and name = $2
