"""How much: indicators, sources, observations and what follows from them. Knows nothing of drawing."""
