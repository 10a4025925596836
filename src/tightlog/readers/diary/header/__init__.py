"""What the header of a diary says: its lines, its names, and whether they are about the back."""
