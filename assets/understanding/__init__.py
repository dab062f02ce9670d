"""Reading what a person typed. Nothing in this package knows how an answer is found."""
