"""How the reader of ties, deaths and custody is learned from pieces written for it."""
