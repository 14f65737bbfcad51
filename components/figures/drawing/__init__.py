"""What pictures are made of: markup, colours, outlines, patterns, the frame around a figure."""
