"""Finding things. Nothing outside this package knows how an answer is found."""
