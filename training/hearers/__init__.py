"""Learning whom speech is said to."""
