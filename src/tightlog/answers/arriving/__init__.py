"""What is shown of arrivals: the state of each source and of what is fetched, and reminders."""
