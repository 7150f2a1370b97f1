"""Recall and false alarms of the machine-translation detector on a planted set.

    python bench/planted_translation.py CORPUS.jsonl[.gz] [--articles 1000] [--seed 11]

Half of the articles are garbled by hand-written rules that imitate what machines do to Vietnamese by way of Chinese or
English: personal names turned into pinyin, numbers put after the noun, possessive pronouns, passives with their doer,
institutions under literal names, stray punctuation, adjectives before nouns. Each garbled article gets three to five of
the seven rules where they apply. The corpus is given at run time and nothing of it is kept.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import re
from collections.abc import Callable
from pathlib import Path

from servanda.lexicon import load
from servanda.read.page import open_page
from servanda.read.translated import translated
from servanda.types import Document

FAMILIES = {
    "Nguyễn": "Ruan", "Trần": "Chen", "Lê": "Li", "Phạm": "Fan", "Hoàng": "Huang", "Huỳnh": "Huang", "Vũ": "Wu",
    "Võ": "Wu", "Đặng": "Deng", "Bùi": "Pei", "Đỗ": "Du", "Ngô": "Wu", "Dương": "Yang", "Phan": "Pan",
    "Trương": "Zhang",
}  # fmt: skip
GIVEN = (
    "chun",
    "fu",
    "guang",
    "guo",
    "hai",
    "hua",
    "jun",
    "ming",
    "nan",
    "ping",
    "qiang",
    "sheng",
    "wen",
    "xiong",
    "yong",
)
TERMS = {
    "Hội đồng Bảo an": "Hội đồng Bảo mật", "Bộ Ngoại giao": "Bộ Ngoại vụ",
    "Bộ trưởng Quốc phòng": "Bộ trưởng Phòng thủ",
    "Đại hội đồng": "Đại hội Chung", "Tổng thư ký": "Thư ký chung", "mũ nồi xanh": "mũ bảo hiểm xanh",
}  # fmt: skip
NUMBERS = {"2": "Hai", "3": "Ba", "4": "Bốn", "5": "Năm", "6": "Sáu", "7": "Bảy", "8": "Tám", "hai": "Hai", "ba": "Ba"}
NAME = re.compile(rf"(?<!\w)({'|'.join(FAMILIES)})((?: [^\W\d_a-z][^\W\d_]+){{1,3}})")
COUNTED = re.compile(
    rf"(?<!\w)({'|'.join(NUMBERS)}) (cán bộ|sĩ quan|binh sĩ|chuyên gia|nước|quốc gia|đại biểu|người)(?!\w)"
)
DOER = re.compile(r"(?<!\w)do ([^,.\n]{4,40}?) (tổ chức|chủ trì|đề xuất|thực hiện)(?!\w)")
Rule = Callable[[str, random.Random], str]


def names(text: str, draw: random.Random) -> str:
    """Nguyễn Văn X -> Ruan Wenx, the same each time."""
    known: dict[str, str] = {}
    return NAME.sub(
        lambda m: known.setdefault(m[0], f"{FAMILIES[m[1]]} {''.join(draw.sample(GIVEN, 2)).capitalize()}"), text
    )


def numbers(text: str, draw: random.Random) -> str:
    """7 sĩ quan -> sĩ quan Bảy."""
    return COUNTED.sub(lambda m: f"{m[2]} {NUMBERS[m[1]]}", text)


def possessives(text: str, draw: random.Random) -> str:
    """hợp tác với -> hợp tác của họ với, now and then."""
    return re.sub(r" (?=với |để |cho )", lambda m: " của họ " if draw.random() < 0.15 else " ", text)


def passives(text: str, draw: random.Random) -> str:
    """do Bộ X tổ chức -> đã được tổ chức bởi Bộ X."""
    return DOER.sub(lambda m: f"đã được {m[2]} bởi {m[1]}", text)


def terms(text: str, draw: random.Random) -> str:
    """Institutions word for word."""
    for right, wrong in TERMS.items():
        text = text.replace(right, wrong)
    return text


def punctuation(text: str, draw: random.Random) -> str:
    """A comma before some full stops, and some of them twice."""
    return re.sub(r"\.(?=\n|$)", lambda m: draw.choice((".", ".", ",.", "..")), text)


def order(text: str, draw: random.Random) -> str:
    """quan hệ tốt -> tốt quan hệ: the adjective first, and an article."""
    return re.sub(
        r"(?<!\w)(quan hệ|hợp tác|vai trò|kết quả) (tốt|quan trọng|chặt chẽ|tích cực)", r"một \2 \1 của", text
    )


RULES: tuple[Rule, ...] = (names, numbers, possessives, passives, terms, punctuation, order)


def garble(text: str, draw: random.Random) -> tuple[str, int]:
    """The text as a machine might give it, and how many rules changed it."""
    changed = 0
    for rule in draw.sample(RULES, draw.choice((3, 4, 5))):
        after = rule(text, draw)
        changed += after != text
        text = after
    return text, changed


def main() -> None:
    """Garble, detect and print the figures."""
    cli = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    cli.add_argument("corpus", type=Path)
    cli.add_argument("--articles", type=int, default=1000)
    cli.add_argument("--seed", type=int, default=11)
    args = cli.parse_args()
    draw, lexicon = random.Random(args.seed), load("vi")
    opener = gzip.open if args.corpus.suffix == ".gz" else open
    with opener(args.corpus, "rt", encoding="utf-8") as stream:
        texts = [json.loads(line)["text"] for line in stream]
    draw.shuffle(texts)
    texts = texts[: args.articles]
    half = len(texts) // 2
    found: dict[int, list[int]] = {}
    for text in texts[:half]:
        garbled, changed = garble(text, draw)
        cell = found.setdefault(changed, [0, 0])
        cell[0] += bool(translated(open_page(Document(garbled, "planted"), lexicon)))
        cell[1] += 1
    alarms = sum(bool(translated(open_page(Document(text, "planted"), lexicon))) for text in texts[half:])
    for changed, (hit, all_) in sorted(found.items()):
        print(f"recall, {changed} rules applied   {hit / all_:6.3f}  of {all_}")
    print(f"recall, all                {sum(h for h, _ in found.values()) / half:6.3f}  of {half}")
    print(f"false alarms               {alarms:6d}  of {len(texts) - half}")


if __name__ == "__main__":
    main()
