"""How the signs that somebody is dead were weighed."""
