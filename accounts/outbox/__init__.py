"""Mail waits in the database and is claimed before it is sent. Knows an address and a reason."""
