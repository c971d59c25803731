"""Learning who speaks from tags that are hidden."""
