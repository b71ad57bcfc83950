"""Commands around the project; the Makefile calls them."""
