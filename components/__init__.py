"""How it is shown: views, words, figures, controls, exports and the server around them."""
