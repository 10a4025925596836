"""Many homes: a coach's, a clinic's or a study's. Each is refreshed and read as far as its runner
agreed, and what is shared lies in one lake."""
