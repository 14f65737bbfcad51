"""Where: the district layer and the layers that give it context. Knows nothing of indicators."""
