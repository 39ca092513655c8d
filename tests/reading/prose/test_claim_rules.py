"""The quick looks before slow patterns let nothing through their fingers: what they look for stands in every match."""

import re
import tomllib
from importlib.resources import files
from re import _constants as kinds
from re import _parser

import pytest
from tests.reading.prose.pages import says

from gongkai.reading.prose.claim_rules import rules

RULES = rules(2022)
SAYING = {  # all that must be found for one claim: one of these proves the gate
    **{f"number {n} {r.claim or 'quarter'}": (r.pattern, *((r.after,) if r.after else ())) for n, r in enumerate(RULES.numbers)},
    **{f"none {n}": (r.pattern,) for n, r in enumerate(RULES.nones)},
    **{f"outcome {n}": (p,) for n, (_, p) in enumerate(RULES.outcomes)},
    **{f"outcome behind {n}": (p,) for n, (_, p) in enumerate(RULES.outcomes_behind)},
    "both": (RULES.both,),
    "quarters": (RULES.quarters,),
}


def needed(nodes, gate):
    """Whether every text that matches these nodes holds a character of the gate."""
    return any(_node(kind, value, gate) for kind, value in nodes)


def _node(kind, value, gate):
    if kind is kinds.LITERAL:
        return chr(value) in gate
    if kind is kinds.IN:
        return all(k is kinds.LITERAL and chr(v) in gate for k, v in value)
    if kind is kinds.BRANCH:
        return all(needed(way, gate) for way in value[1])
    if kind is kinds.SUBPATTERN:
        return needed(value[3], gate)
    if kind in (kinds.MAX_REPEAT, kinds.MIN_REPEAT):
        return value[0] > 0 and needed(value[2], gate)
    return False


@pytest.mark.parametrize("name", SAYING)
def test_every_claim_passes_the_gate(name):
    gate = set(RULES.gate.pattern.strip("[]"))
    assert any(needed(_parser.parse(p.pattern), gate) for p in SAYING[name]), SAYING[name]


def test_the_proof_sees_a_missing_character():
    assert not needed(_parser.parse("(?:收到|来了)申?请?"), set("收申"))
    assert needed(_parser.parse("(?:来|去)(?:收到|申请)"), set("收申"))


def test_parts_in_a_sentence_of_their_own_count():
    text = "2022年共收到政府信息公开申请15件。自然人10件，科研机构5件。"
    assert says(text) == {"requests_received": 15, "received_by.natural_person": 10, "received_by.research_institution": 5}


def test_topic_words_are_plain():
    raw = tomllib.loads((files("gongkai.reading.prose") / "data" / "claims.toml").read_text("utf-8"))
    assert not any(set(words) & set(".?*+()[]{}\\^$") for words in raw["topics"].values())


def test_latin_brands_hold_what_lines_are_looked_through_for():
    raw = tomllib.loads((files("gongkai.reading.prose") / "data" / "hijack.toml").read_text("utf-8"))
    for brand in raw["brand_latin"]:
        assert re.search(r"(?<!\\)[a-z]|188|365", brand), brand


def test_noise_is_anchored():
    raw = tomllib.loads((files("gongkai.reading.prose") / "data" / "furniture.toml").read_text("utf-8"))
    assert all(pattern.startswith("^") for pattern in raw["noise"])
