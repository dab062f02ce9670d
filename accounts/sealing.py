"""Sealing what a copy of the database must not tell by itself.

Fernet (cryptography.io: AES-128-CBC with HMAC-SHA256) under a key made from SECRET_KEY and a name,
so that what is sealed for one use cannot be opened for another.
"""

import base64
import hashlib

from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings


def seal(text: str, *, what: str) -> str:
    return _box(what).encrypt(text.encode()).decode()


def unseal(sealed: str, *, what: str) -> str:
    """InvalidToken when SECRET_KEY was changed without SECRET_KEY_FALLBACKS."""
    return _box(what).decrypt(sealed.encode()).decode()


def _box(what: str) -> MultiFernet:
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    digests = [hashlib.sha256(what.encode() + str(key).encode()).digest() for key in keys]
    return MultiFernet([Fernet(base64.urlsafe_b64encode(digest)) for digest in digests])
