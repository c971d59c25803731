"""Learning who of those there comes to know what is said and done."""
