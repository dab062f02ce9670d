"""Whose data this stands on, in the words that their licences ask for."""

from dataclasses import dataclass

OPEN_GOVERNMENT_LICENCE = (
    "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/"
)


@dataclass(frozen=True, slots=True)
class Attribution:
    """`statement` is the licensor's own wording: never translated."""

    statement: str
    licence: str = "Open Government Licence v3.0"
    licence_url: str = OPEN_GOVERNMENT_LICENCE

    def __str__(self) -> str:
        return self.statement


# What ONS asks for wherever its Postcode Directory is used, with the year of the edition:
# https://www.ons.gov.uk/methodology/geography/licences
ATTRIBUTIONS = (
    Attribution(
        "Source: Office for National Statistics licensed under the Open Government Licence v.3.0."
    ),
    Attribution("Contains OS data © Crown copyright and database right 2025."),
    Attribution("Contains Royal Mail data © Royal Mail copyright and database right 2025."),
)
