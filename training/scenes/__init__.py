"""How the weights of scene breaks were learned."""
