"""What an entry of each data file may say. One class a kind of file; `FILES` says which file holds which.

An entry is complete in itself: its words, what they mean, examples that must be read so and counterexamples that must
not. Words are written as a linguist writes them: `(cảm|cám) ơn`, with `|` between alternatives and an empty one for
"or nothing". A word written in lower case matches any case; with a capital it needs one in the text; `LHQ`, all
capitals, is matched exactly.
"""

from __future__ import annotations

from servanda.vocabulary.entries import Entry, expand
from servanda.vocabulary.facts import (
    ActRule,
    AgreementWords,
    CitingWords,
    ContributionRule,
    ContributionWords,
    EngagementContext,
    EngagementRule,
    PlanWords,
    PositionRule,
    SpeechWord,
    Topic,
)
from servanda.vocabulary.names import (
    Body,
    BodyHead,
    Capital,
    HomeNames,
    Mission,
    NameWord,
    Phrase,
    Pinyin,
    Place,
    Sector,
    State,
    Title,
)
from servanda.vocabulary.pages import DateWords, NoiseRule, NumberWord, PageLine, SentenceWords, TranslationSign

FILES: dict[str, type[Entry]] = {
    "agreements": AgreementWords,
    "numbers": NumberWord,
    "contributions": ContributionWords,
    "contribution_rules": ContributionRule,
    "noise": NoiseRule,
    "page_lines": PageLine,
    "sentences": SentenceWords,
    "translated": TranslationSign,
    "dates": DateWords,
    "acts": ActRule,
    "positions": PositionRule,
    "plans": PlanWords,
    "speech": SpeechWord,
    "citing": CitingWords,
    "topics": Topic,
    "states": State,
    "capitals": Capital,
    "missions": Mission,
    "bodies": Body,
    "body_heads": BodyHead,
    "sectors": Sector,
    "titles": Title,
    "places": Place,
    "name_words": NameWord,
    "given_names": NameWord,
    "pinyin": Pinyin,
    "name_grammar": Phrase,
    "engagements": EngagementRule,
    "engagement_context": EngagementContext,
}


__all__ = [
    "FILES",
    "ActRule",
    "AgreementWords",
    "Body",
    "BodyHead",
    "Capital",
    "CitingWords",
    "ContributionRule",
    "ContributionWords",
    "DateWords",
    "EngagementContext",
    "EngagementRule",
    "Entry",
    "HomeNames",
    "Mission",
    "NameWord",
    "NoiseRule",
    "NumberWord",
    "PageLine",
    "Phrase",
    "Pinyin",
    "Place",
    "PlanWords",
    "PositionRule",
    "Sector",
    "SentenceWords",
    "SpeechWord",
    "State",
    "Title",
    "Topic",
    "TranslationSign",
    "expand",
]
