"""How answers are written: one module for each shape that Discogs sends."""
