"""Heart rates: what each recording says, what of it is a heart's, and the load it makes."""
