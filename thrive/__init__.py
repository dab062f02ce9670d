"""The THRIVE framework, the local themes and the ways of working, as data; tags."""
