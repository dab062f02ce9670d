"""Tiles of somebody else's: one host, whose they are, and nothing that could widen the policy."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from config.environment import Environment, Tiles

ADDRESS = "https://tiles.example.org/{z}/{x}/{y}.png"


def read(address: str, attribution: str = "© Some People") -> Tiles | None:
    values = {"MAP_TILES": address, "MAP_TILES_ATTRIBUTION": attribution}
    return Environment(values).tiles("MAP_TILES")


def test_without_it_there_are_none() -> None:
    assert Environment({}).tiles("MAP_TILES") is None
    assert read("") is None


@pytest.mark.parametrize(
    ("address", "origin"),
    [
        (ADDRESS, "https://tiles.example.org"),
        ("https://tiles.example.org:8443/{x}/{y}/{z}", "https://tiles.example.org:8443"),
        ("https://a.example.org/t?x={x}&y={y}&z={z}&key=aB-1", "https://a.example.org"),
    ],
)
def test_the_policy_opens_to_the_host_alone(address: str, origin: str) -> None:
    tiles = read(address)
    assert tiles == Tiles(address, "© Some People")
    assert tiles.origin == origin


@pytest.mark.parametrize(
    "address",
    [
        "tiles.example.org/{z}/{x}/{y}.png",
        "http://tiles.example.org/{z}/{x}/{y}.png",
        "https://*/{z}/{x}/{y}.png",
        "https://*.example.org/{z}/{x}/{y}.png",
        "https://{s}.example.org/{z}/{x}/{y}.png",
        "https://tiles.example.org/{z}/{x}.png",
        "https://tiles.example.org/{z}/{x}/{y}/{y}.png",
        "https://tiles.example.org/{z}/{x}/{y}{r}.png",
        "https://tiles.example.org; script-src https://example.net/{z}/{x}/{y}.png",
        "https://tiles.example.org https://example.net/{z}/{x}/{y}.png",
        "https://ada:word@tiles.example.org/{z}/{x}/{y}.png",
        "https://tiles.example.org:port/{z}/{x}/{y}.png",
        "https:///{z}/{x}/{y}.png",
        "data:{z}{x}{y}",
    ],
)
def test_a_wrong_address_is_told_by_its_name(address: str) -> None:
    with pytest.raises(ImproperlyConfigured, match=r"^MAP_TILES must be an address on one host, "):
        read(address)


def test_whose_they_are_must_be_said() -> None:
    with pytest.raises(ImproperlyConfigured, match=r"^MAP_TILES_ATTRIBUTION must say "):
        read(ADDRESS, "")
