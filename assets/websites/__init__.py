"""Whether the websites of groups still open: looked at rarely, politely, only where asked to."""
