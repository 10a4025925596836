"""One simulator of a runner: recordings, diaries, homes and day frames, each made from a seed."""
