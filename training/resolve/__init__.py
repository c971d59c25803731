"""Learning whom a pronoun means from openings of novels in which people marked it."""
