"""The nouns of tightlog, frozen. Import each module by its name: none loads the others."""
