"""What a reading finds out, layer by layer: pure functions that know nothing of each other."""
