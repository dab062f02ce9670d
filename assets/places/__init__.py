"""Where things are: grid points, postcodes, and what people type when we ask "near where?"."""
