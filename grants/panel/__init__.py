"""What the panel has before it: scores in order, ways to share out the pot, papers to print.

Read here, for `grants.admin`; what the panel does is in `grants.deciding`. Nothing here asks who
may see it: pages fetch their round by `grants.sight.rounds_with_results`.
"""
