"""The directory: the assets of a community (groups, activities, places), not stylesheets."""
