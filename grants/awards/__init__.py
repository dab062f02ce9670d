"""What was given to whom: the public search of awards, ours and those of other funders."""
