"""What the text of one cell or header says: words, dates, clock times, moments and scores."""
