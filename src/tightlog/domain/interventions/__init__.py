"""The interventions of the article: what is declared of each, and the catalogue made of it."""
