"""What staff have already, brought in from a spreadsheet: all of it or nothing, and told in words.

`table` reads a file, `mapping` says which column is what, `reading` understands what stands in a
cell, `sheet` makes listings of rows, `load` brings them in by the verbs of `assets.listings`, and
`undo` takes a load back.
"""
