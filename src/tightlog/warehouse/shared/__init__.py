"""What other programs may be told: the part of the warehouse that a language model reads."""
