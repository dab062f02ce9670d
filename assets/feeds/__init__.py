"""What other programs read of the directory: calendars, news of a search, words for search engines.

None of it asks who is asking; nothing in it says more than the page beside it.
"""
