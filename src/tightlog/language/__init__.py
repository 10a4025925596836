"""The one catalogue of sentences: English is the id, other languages are looked up by it."""
