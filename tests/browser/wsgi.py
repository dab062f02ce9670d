"""The site, with the made-up language switched on."""

from config.wsgi import application
from tests.pseudo_language import switch_on

switch_on()

__all__ = ["application"]
