"""What we answer, as schemas of our OpenAPI document: nothing more than these, and never null."""

from typing import Any

Shape = dict[str, Any]

TEXT: Shape = {"type": "string"}
KEY: Shape = {"type": "string", "format": "uuid"}
WHOLE: Shape = {"type": "integer"}
NUMBER: Shape = {"type": "number"}
YES_OR_NO: Shape = {"type": "boolean"}
ADDRESS: Shape = {"type": "string", "format": "uri"}
EMAIL: Shape = {"type": "string", "format": "email"}
DAY: Shape = {"type": "string", "format": "date"}
MOMENT: Shape = {"type": "string", "format": "date-time"}
TIME: Shape = {"type": "string", "pattern": "^[0-2][0-9]:[0-5][0-9]$"}
LOCATION_TYPE: Shape = {"type": "string", "enum": ["physical"]}


def thing(needed: str, **properties: Shape) -> Shape:
    """An object with these properties alone; `needed` are always there."""
    return {
        "type": "object",
        "required": needed.split(),
        "properties": properties,
        "additionalProperties": False,
    }


def one(name: str) -> Shape:
    return {"$ref": f"#/components/schemas/{name}"}


def several(of: Shape) -> Shape:
    return {"type": "array", "items": of}


def page_of(*of: Shape) -> Shape:
    items = of[0] if len(of) == 1 else {"anyOf": list(of)}
    needed = "total_items total_pages page_number size first_page last_page empty contents"
    return thing(
        needed,
        total_items=WHOLE | {"minimum": 0},
        total_pages=WHOLE | {"minimum": 0},
        page_number=WHOLE | {"minimum": 1},
        size=WHOLE | {"minimum": 0},
        first_page=YES_OR_NO,
        last_page=YES_OR_NO,
        empty=YES_OR_NO,
        contents=several(items),
    )


SERVICE = thing(
    "id name status last_modified",
    id=KEY,
    organization_id=KEY,
    name=TEXT,
    description=TEXT,
    url=ADDRESS,
    email=EMAIL,
    status={"type": "string", "enum": ["active", "temporarily closed", "defunct", "inactive"]},
    fees=TEXT,
    minimum_age=NUMBER | {"minimum": 0},
    maximum_age=NUMBER | {"minimum": 0},
    assured_date=DAY,
    assurer_email=EMAIL,
    alert=TEXT,
    last_modified=MOMENT,
    organization=one("Organization"),
    schedules=several(one("Schedule")),
    service_areas=several(one("ServiceArea")),
    service_at_locations=several(one("ServiceAtLocation")),
    languages=several(one("Language")),
    cost_options=several(one("CostOption")),
    contacts=several(one("Contact")),
    attributes=several(one("Attribute")),
)
ORGANIZATION = thing(
    "id name description",
    id=KEY,
    name=TEXT,
    description=TEXT,
    email=EMAIL,
    website=ADDRESS,
    uri=ADDRESS,
    contacts=several(one("Contact")),
    organization_identifiers=several(
        thing(
            "id identifier_type identifier",
            id=KEY,
            organization_id=KEY,
            identifier_scheme=TEXT,
            identifier_type=TEXT,
            identifier=TEXT,
        )
    ),
    attributes=several(one("Attribute")),
    services=several(one("Service")),
)
SCHEDULE = thing(
    "id opens_at closes_at",
    id=KEY,
    service_id=KEY,
    freq={"type": "string", "enum": ["WEEKLY", "MONTHLY"]},
    interval=WHOLE,
    byday=TEXT,
    dtstart=DAY,
    valid_from=DAY,
    valid_to=DAY,
    opens_at=TIME,
    closes_at=TIME,
    description=TEXT,
    notes=TEXT,
)
LOCATION = thing(
    "id location_type name latitude longitude",
    id=KEY,
    location_type=LOCATION_TYPE,
    name=TEXT,
    description=TEXT,
    latitude=NUMBER | {"minimum": -90, "maximum": 90},
    longitude=NUMBER | {"minimum": -180, "maximum": 180},
    addresses=several(
        thing(
            "id address_1 city state_province postal_code country address_type",
            id=KEY,
            location_id=KEY,
            address_1=TEXT,
            city=TEXT,
            region=TEXT,
            state_province=TEXT,
            postal_code=TEXT,
            country=TEXT,
            address_type=LOCATION_TYPE,
        )
    ),
    accessibility=several(thing("id description", id=KEY, location_id=KEY, description=TEXT)),
    attributes=several(one("Attribute")),
)
TERM = thing(
    "id name description taxonomy taxonomy_id term",
    id=KEY,
    name=TEXT,
    description=TEXT,
    taxonomy=TEXT,
    taxonomy_id=KEY,
    term=TEXT,
    term_uri=ADDRESS,
)
SHAPES: dict[str, Shape] = {
    "Service": SERVICE,
    "Organization": ORGANIZATION,
    "Schedule": SCHEDULE,
    "Location": LOCATION,
    "TaxonomyTerm": TERM,
    "Taxonomy": thing(
        "id name description",
        id=KEY,
        name=TEXT,
        description=TEXT,
        taxonomy_terms=several(one("TaxonomyTerm")),
    ),
    "ServiceAtLocation": thing(
        "id service_id",
        id=KEY,
        service_id=KEY,
        location_id=KEY,
        location=one("Location"),
        attributes=several(one("Attribute")),
        service=one("Service"),
    ),
    "ServiceArea": thing(
        "id name",
        id=KEY,
        service_id=KEY,
        name=TEXT,
        extent=TEXT,
        extent_type=TEXT,
        service_area=TEXT,
    ),
    "Language": thing("id name code", id=KEY, service_id=KEY, name=TEXT, code=TEXT),
    "CostOption": thing(
        "id option", id=KEY, service_id=KEY, option=TEXT, amount=NUMBER, amount_description=TEXT
    ),
    "Contact": thing(
        "id title",
        id=KEY,
        service_id=KEY,
        organization_id=KEY,
        name=TEXT,
        title=TEXT,
        email=EMAIL,
        url=ADDRESS,
        phones=several(thing("id number", id=KEY, contact_id=KEY, number=TEXT, description=TEXT)),
    ),
    "Attribute": thing(
        "id taxonomy_term",
        id=KEY,
        link_id=KEY,
        link_type=TEXT,
        taxonomy_term_id=KEY,
        value=TEXT,
        taxonomy_term=one("TaxonomyTerm"),
    ),
    "Minimal": thing("id modified_date", id=KEY, modified_date=MOMENT),
    "Problem": thing(
        "type title status",
        type=TEXT,
        title=TEXT,
        status=WHOLE,
        detail=TEXT,
        errors={"type": "object", "additionalProperties": several(TEXT)},
    ),
}
