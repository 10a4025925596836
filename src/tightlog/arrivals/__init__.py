"""How files and scores come here by themselves, and what is sent for it."""
