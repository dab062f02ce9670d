"""What the scores come to. Plain values in, plain values out: nothing here asks the database.

`sheets` is what goes in, `means` the result that counts, `calibration` what stands beside it where
not everybody scored everything.
"""
