"""Tables, layers and archives of figures and data sets."""
