"""Readers of one kind of phrase each: actors, times, places, figures, attributions."""
