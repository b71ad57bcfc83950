"""Everything on one machine with no account: a Functions host and a look-alike of Discogs."""
