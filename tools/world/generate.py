"""Write states.yaml, capitals.yaml and missions.yaml of src/servanda/world/ from CLDR's Vietnamese names of
territories (Babel) and from what this folder says of newspapers' spellings.

    python tools/world/generate.py           writes the files
    python tools/world/generate.py --check   exit code 1 unless the files are what would be written
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import yaml
from babel import Locale

HERE = Path(__file__).parent
WORLD = HERE.parents[1] / "src/servanda/world"
NO_STATES = frozenset(
    ["AC", "AQ", "BV", "CP", "DG", "EA", "EU", "EZ", "HM", "IC", "IO", "QO", "TA", "TF", "UM", "UN", "XA", "XB", "ZZ"]
)
HEADER = "# Written by tools/world/generate.py: change the files beside that, not this one.\n"
Item = dict[str, Any]


def states() -> list[Item]:
    """One entry a state or territory, by ISO code: CLDR's name, what newspapers write, the English name."""
    own, vietnamese, english = _states_vi(), Locale("vi").territories, Locale("en").territories
    codes = sorted(c for c in vietnamese if len(c) == 2 and c.isalpha() and c not in NO_STATES)
    return [_state(code, str(vietnamese[code]), str(english[code]), own.get(code, {})) for code in codes]


def _states_vi() -> dict[str, dict[str, list[str]]]:
    return dict(yaml.safe_load((HERE / "states_vi.yaml").read_text(encoding="utf-8")))


def _state(code: str, vietnamese: str, english: str, own: dict[str, list[str]]) -> Item:
    names = [w for w in (vietnamese, english) if not set(w) & set("(&,")]
    words = [w for w in dict.fromkeys([*names, *own.get("words", ())]) if w not in own.get("drop", ())]
    entry: Item = {"id": code, "name": (words or [english])[0], "words": words}
    return entry | ({"paired": own["paired"]} if own.get("paired") else {})


def capitals() -> list[Item]:
    """One entry a state whose capital newspapers use for its government."""
    return [
        {"id": f"{code}.capital", "state": code, "words": own["capitals"]}
        for code, own in _states_vi().items()
        if own.get("capitals")
    ]


def missions() -> list[Item]:
    """One entry a peace operation: acronym, names, first and last month, states, and the words for its place."""
    rows = yaml.safe_load((HERE / "missions_vi.yaml").read_text(encoding="utf-8"))
    return [_mission(*row) for row in rows]


def _mission(
    code: str, english: str, start: str, end: str | None, states: list[str], place: str, named: str, by: str = "UN"
) -> Item:
    words = [code, english, *filter(None, [named])]
    words = [variant for word in words for variant in _un(word)]
    entry: Item = {
        "id": code,
        "english": english,
        "start": start,
        "end": end,
        "states": states,
        "by": by,
        "words": words,
    }
    return entry | ({"places": [place]} if place else {})


def _un(words: str) -> list[str]:
    """Three spellings of the United Nations for one."""
    spellings = ("Liên hợp quốc", "LHQ", "Liên hiệp quốc")
    return [words.replace(spellings[0], un) for un in spellings] if spellings[0] in words else [words]


FILES = {"states": states, "capitals": capitals, "missions": missions}


def rendered(entries: list[Item]) -> str:
    """A file's text: one entry a line, JSON within YAML, so that `NO` stays Norway."""
    return HEADER + "".join(f"- {json.dumps(entry, ensure_ascii=False)}\n" for entry in entries)


def main() -> int:
    """Write or check; the exit code."""
    texts = {WORLD / f"{name}.yaml": rendered(make()) for name, make in FILES.items()}
    if "--check" in sys.argv:
        return int(any(path.read_text(encoding="utf-8") != text for path, text in texts.items()))
    for path, text in texts.items():
        path.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
