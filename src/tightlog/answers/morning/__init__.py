"""What Today says of this morning: the course of the back, and the night."""
