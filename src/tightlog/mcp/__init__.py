"""`tightlog mcp`: what a language model may ask, over the Model Context Protocol."""
