"""How what Fabula has learned was learned: recipes from public-domain books to the numbers the runtime ships."""
