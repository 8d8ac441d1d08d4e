"""Who asks: persons and organisations, identity cards, the log of who read what."""
