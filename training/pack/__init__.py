"""How the model pack is made: data, network, training, export, scores. Nothing here is imported by the runtime."""
