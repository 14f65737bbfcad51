"""The kept-alive Chromium, and what it draws: images, chart SVG, embed heights."""
