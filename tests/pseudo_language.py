"""A made-up language: every translatable text in brackets, reading from right to left.

What stands on a page without brackets was never marked for translation. The code borrows Arabic's
direction; Django needs no catalogue for it, since the brackets are put on while the page is made.
"""

from typing import Any

from django.utils.translation import trans_real

CODE = "ar-xb"
OPEN, CLOSE = "⟦", "⟧"


def bracketed(text: str) -> str:
    """Blank texts stay: Django looks up its own header under the empty one."""
    return f"{OPEN}{text}{CLOSE}" if text.strip() else text


class PseudoTranslation(trans_real.DjangoTranslation):
    def gettext(self, message: str) -> str:
        return bracketed(message.rpartition(trans_real.CONTEXT_SEPARATOR)[2])

    def ngettext(self, singular: str, plural: str, number: Any) -> str:
        chosen = singular if number == 1 else plural
        return bracketed(chosen.rpartition(trans_real.CONTEXT_SEPARATOR)[2])


def switch_on() -> None:
    """Make the language known to this process. The settings must list it in LANGUAGES."""
    vars(trans_real)["_translations"][CODE] = PseudoTranslation(CODE)
    known = trans_real.translation_catalog_exists

    def translation_catalog_exists(lang_code: str) -> bool:
        return lang_code == CODE or known(lang_code)

    trans_real.translation_catalog_exists = translation_catalog_exists
