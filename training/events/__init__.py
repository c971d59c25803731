"""Learning what happened from openings of novels in which people marked it."""
