"""The parts of a grant in the standard: what each is called in JSON and in a table, and its kind.

Source: 360-giving-schema.json 1.4.3 (CC BY 4.0), https://standard.threesixtygiving.org/.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

# Of the standard that we write, as a package says it.
VERSION = "1.4"
TEXT, NUMBER, DAY, PART_OF_A_DAY, MOMENT, ADDRESS = (
    "text",
    "number",
    "day",
    "part of a day",
    "moment",
    "address",
)
YES_NO, CURRENCY, COUNTRY = "yes or no", "currency", "country"


@dataclass(frozen=True)
class Field:
    """`kind` is one of the kinds above, or stands for the parts in `of`. `many`: a list of them."""

    name: str
    title: str
    kind: str = TEXT
    of: "Part | None" = None
    many: bool = False
    required: bool = False
    # The standard lets it be null.
    may_be_empty: bool = False


@dataclass(frozen=True)
class Part:
    """Something made of fields: a grant, an organisation, a place."""

    fields: tuple[Field, ...]

    @cached_property
    def by_name(self) -> dict[str, Field]:
        return {one.name: one for one in self.fields}

    @cached_property
    def by_title(self) -> dict[str, Field]:
        return {one.title.lower(): one for one in self.fields}


MODIFIED = Field("dateModified", "Last Modified", MOMENT)
CODE = Field("code", "Code")
TITLE = Field("title", "Title", may_be_empty=True)
DESCRIPTION = Field("description", "Description", may_be_empty=True)
LINK = Field("url", "URL", ADDRESS, may_be_empty=True)

LOCATION = Part(
    (
        Field("id", "Identifier"),
        Field("name", "Name", may_be_empty=True),
        Field("countryCode", "Country Code", COUNTRY, may_be_empty=True),
        Field("latitude", "Latitude", NUMBER, may_be_empty=True),
        Field("longitude", "Longitude", NUMBER, may_be_empty=True),
        DESCRIPTION,
        Field("geoCode", "Geographic Code", may_be_empty=True),
        Field("geoCodeType", "Geographic Code Type", may_be_empty=True),
        MODIFIED,
    )
)
ORGANISATION = Part(
    (
        Field("id", "Identifier", required=True),
        Field("name", "Name", required=True),
        Field("department", "Department"),
        Field("contactName", "Contact Name"),
        Field("charityNumber", "Charity Number"),
        Field("companyNumber", "Company Number"),
        Field("streetAddress", "Street Address"),
        Field("addressLocality", "City"),
        Field("addressRegion", "County"),
        Field("addressCountry", "Country"),
        Field("postalCode", "Postal Code"),
        Field("telephone", "Phone Number"),
        Field("alternateName", "Alternate Name"),
        Field("email", "Email"),
        Field("description", "Description"),
        Field("organisationType", "Organisation Type", may_be_empty=True),
        Field("url", "Web Address", ADDRESS),
        Field("location", "Location", of=LOCATION, many=True),
        MODIFIED,
    )
)
PERSON = Part(
    (Field("id", "Identifier", required=True), Field("name", "Name", required=True)),
)
DETAILS = Part(
    (
        Field("primaryGrantReason", "Primary Grant Reason"),
        Field("secondaryGrantReason", "Secondary Grant Reason"),
        Field("grantPurpose", "Grant Purpose", many=True),
    )
)
EVENT = Part(
    (
        Field("title", "Title"),
        Field("startDate", "Start Date", PART_OF_A_DAY),
        Field("endDate", "End Date", PART_OF_A_DAY),
        Field("duration", "Duration (months)", NUMBER),
        Field("description", "Description"),
        MODIFIED,
    )
)
PROGRAMME = Part((CODE, TITLE, DESCRIPTION, LINK, MODIFIED))
CLASSIFICATION = Part((Field("vocabulary", "Vocabulary"), CODE, TITLE, DESCRIPTION, LINK, MODIFIED))
DOCUMENT = Part(
    (
        Field("id", "Identifier"),
        TITLE,
        Field("url", "Web Address", ADDRESS, may_be_empty=True),
        DESCRIPTION,
        Field("documentType", "Document Type", may_be_empty=True),
        MODIFIED,
    )
)
TRANSACTION = Part(
    (
        Field("id", "Identifier"),
        Field("transactionDate", "Transaction Date", DAY),
        Field("currency", "Currency", CURRENCY),
        Field("value", "Value", NUMBER),
        Field("valueDate", "Value Date", DAY, may_be_empty=True),
        DESCRIPTION,
        Field("provider", "Provider", may_be_empty=True),
        Field("recipient", "Recipient", may_be_empty=True),
        MODIFIED,
    )
)
GRANT = Part(
    (
        Field("id", "Identifier", required=True),
        Field("title", "Title", required=True),
        Field("description", "Description", required=True),
        Field("currency", "Currency", CURRENCY, required=True),
        Field("amountAppliedFor", "Amount Applied For", NUMBER),
        Field("amountAwarded", "Amount Awarded", NUMBER, required=True),
        Field("amountDisbursed", "Amount Disbursed", NUMBER),
        Field("awardDate", "Award Date", DAY, required=True),
        Field("url", "URL", ADDRESS),
        Field("plannedDates", "Planned Dates", of=EVENT, many=True),
        Field("actualDates", "Actual Dates", of=EVENT, many=True),
        Field("recipientOrganization", "Recipient Org", of=ORGANISATION, many=True),
        Field("recipientIndividual", "Recipient Ind", of=PERSON),
        Field("toIndividualsDetails", "To Individuals Details", of=DETAILS),
        Field("beneficiaryLocation", "Beneficiary Location", of=LOCATION, many=True),
        Field("fundingOrganization", "Funding Org", of=ORGANISATION, many=True, required=True),
        Field("grantProgramme", "Grant Programme", of=PROGRAMME, many=True),
        Field("fromOpenCall", "From An Open Call?", YES_NO),
        Field("fundingType", "Funding Type", of=CLASSIFICATION, many=True),
        Field("classifications", "Classifications", of=CLASSIFICATION, many=True),
        Field("relatedDocument", "Related Document", of=DOCUMENT, many=True),
        Field("applicationTransaction", "Application Transaction", of=TRANSACTION, many=True),
        Field("commitmentTransaction", "Commitment Transaction", of=TRANSACTION, many=True),
        Field("disbursementTransaction", "Disbursement Transaction", of=TRANSACTION, many=True),
        Field("relatedActivity", "Related Activity", many=True),
        MODIFIED,
        Field("dataSource", "Data Source", ADDRESS, may_be_empty=True),
        Field("regrantType", "For Regrant Type"),
        Field("locationScope", "Location Scope"),
    )
)
# The standard asks for one of these two.
RECIPIENTS = ("recipientOrganization", "recipientIndividual")


def all_fields(part: Part = GRANT) -> Iterator[Field]:
    """Each field, and those of what it is made of."""
    for field in part.fields:
        yield field
        if field.of:
            yield from all_fields(field.of)
