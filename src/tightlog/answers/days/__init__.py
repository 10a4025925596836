"""What is known of single days: a month as a calendar, and one day with the morning after."""
