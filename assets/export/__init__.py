"""A search as a file that a spreadsheet opens: all of its results, one row each."""
