"""How fast a search is, beside the plainest page of the same server: `make bench`."""
