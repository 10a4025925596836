"""The nouns of tightlog, frozen. Each module is imported by name, so none waits for another."""
