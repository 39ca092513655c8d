"""What the city published in six years: one plan of papers, ready to be written."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import accumulate, pairwise

from gongkai.law.calendar import official_calendar
from gongkai.web.catalogue.models import Validity

from .authors import Author
from .composing import Facts, chinese_day
from .data_files import Reading, Shape, Topic, language, readings
from .language import Speech
from .timetable import YEARS, publication, working_day

_QUARTERS = "一二三四"
_TERMS = (("，有效期五年", 5), ("，有效期五年", 5), ("，有效期三年", 3), ("", 0), ("，试行期两年", 2))
# Duties of organs that deal with fewer than four topics.
_ALSO = ("政策宣传和业务培训", "信访和行政复议应诉")
AMENDED = 14
TRIES = 200


@dataclass(slots=True, eq=False)
class Paper:
    """One paper: what it is, its days, and what it changes or reads."""

    author: Author
    topic: Topic
    shape: Shape | None
    written: date
    published: datetime
    facts: Facts
    title: str
    number: str = ""
    effective: date | None = None
    expires: date | None = None
    validity: Validity = Validity.NONE
    changed_by: Paper | None = None
    reads: Paper | None = None
    reading: Reading | None = None
    files: tuple[str, ...] = ()
    tags: dict[str, str] = field(default_factory=dict)

    @property
    def short(self) -> str:
        """What stands between 《》 when others speak of it."""
        found = self.title.partition("《")[2].partition("》")[0] if "印发《" in self.title else ""
        return found or self.title


class Plan:
    """Draws papers until there are as many as wanted, then lets later ones replace and read earlier ones."""

    def __init__(self, authors: list[Author], now: datetime, wanted: int) -> None:
        self.speech = Speech("望津市", language().words)
        self.authors, self.now, self.wanted = authors, now, wanted
        self.last = now.date()
        self.first = date(self.last.year - YEARS + 1, 1, 4)
        self._titles: set[tuple[int, str]] = set()
        self._serials: dict[tuple[str, int], int] = defaultdict(int)

    def papers(self) -> list[Paper]:
        """All papers in the order of their days."""
        profiles = [self._profile(author) for author in self.authors[: self.wanted // 4]]
        drawn = round(self.wanted * 0.885) - len(profiles)
        base = sorted((self._draw() for _ in range(drawn)), key=lambda one: one.written)
        base += self._amendments(base)
        self._replacements(base)
        readings_ = self._readings(base, self.wanted - len(base) - len(profiles))
        self._number(sorted(base, key=lambda one: one.written))
        return sorted([*base, *profiles, *readings_], key=lambda one: one.published)

    def _profile(self, author: Author) -> Paper:
        """What the organ is there for (Art. 20, second item): each has one, revised within the last two years."""
        topics = author.portfolio.topics
        matters = (*(one.name for one in topics), *_ALSO)[:4]
        shape = next(one for one in language().shape if one.key == "profile")
        written = working_day(self.speech.random, self.last - timedelta(days=700), self.last)
        return self._paper(author, Topic("机关职能和机构设置", "公众", matters, "organ_profile", ""), shape, written)

    def _draw(self) -> Paper:
        random = self.speech.random
        author = random.choices(
            self.authors, cum_weights=list(accumulate(one.share for one in self.authors))
        )[0]
        shapes = [shape for shape in language().shape if author.level in shape.levels]
        for _ in range(TRIES):
            shape = random.choices(shapes, [one.weight for one in shapes])[0]
            topic = self.speech.one_of(author.portfolio.topics)
            written = working_day(random, self.first, self.last)
            if not shape.fits(topic, written.month):
                continue
            paper = self._paper(author, topic, shape, written)
            if self._new(paper):
                return paper
        raise RuntimeError("the words of the demonstration do not suffice for so many papers")

    def recent(self, author: Author, shape: Shape) -> Paper:
        """A paper of the last weeks that is not yet published, with a title of its own."""
        for _ in range(TRIES):
            written = working_day(
                self.speech.random, self.last - timedelta(days=40), self.last - timedelta(days=2)
            )
            paper = self._paper(author, self.speech.one_of(author.portfolio.topics), shape, written)
            if self._new(paper):
                return paper
        raise RuntimeError("the words of the demonstration do not suffice for so many papers")

    def _new(self, paper: Paper) -> bool:
        key = (paper.author.organ.pk, paper.title)
        fresh = key not in self._titles
        self._titles.add(key)
        return fresh

    def _paper(
        self, author: Author, topic: Topic, shape: Shape, written: date, more: Facts | None = None
    ) -> Paper:
        random = self.speech.random
        facts = self._facts(author, topic, written) | (more or {})
        title = self.speech.say(self.speech.one_of(shape.title), facts)
        facts["instrument"] = next((word for word in ("细则", "规程") if word in title), "办法")
        paper = Paper(author, topic, shape, written, publication(random, written, self.now), facts, title)
        paper.files = tuple(name for name in shape.files if random.random() < 0.55)[:2]
        if shape.kind in ("normative", "policy"):
            paper.validity = Validity.IN_FORCE
        if shape.kind == "normative":
            self._term(paper)
        return paper

    def _term(self, paper: Paper) -> None:
        paper.effective = paper.written + timedelta(days=self.speech.random.choice((0, 10, 30)))
        words, years = self.speech.one_of(_TERMS)
        if paper.shape is not None and paper.shape.key == "amendment":
            words, years = "", 0
        if years:
            paper.expires = _years_later(paper.effective, years) - timedelta(days=1)
        day = "公布之日" if paper.effective == paper.written else chinese_day(paper.effective)
        paper.facts |= {"effective": day, "term": words}

    def _facts(self, author: Author, topic: Topic, written: date) -> Facts:
        m = list(topic.matters)
        self.speech.random.shuffle(m)
        calendar = official_calendar()
        five = "十四五" if written.year <= 2025 else "十五五"
        return {
            "place": author.place, "organ": author.organ.name, "signed": author.organ.name, "topic": topic.name, "people": topic.people,
            "m1": m[0], "m2": m[1], "m3": m[2], "m4": m[3], "year": str(written.year), "next": str(written.year + 1),
            "last": str(written.year - 1), "after": str(written.year + 2), "month": str(written.month), "day": chinese_day(written),
            "quarter": f"第{_QUARTERS[(written.month - 1) // 3]}季度", "level": {3: "市", 4: "地", 5: "地"}[author.level],
            "company": self.speech.company(), "phone": author.phone, "address": author.address, "fiveyear": five, "replaces": "",
            "from": chinese_day(calendar.add(written, 1)), "until": chinese_day(calendar.add(written, 7)),
            "earlier": chinese_day(written - timedelta(days=self.speech.random.randint(9, 40))),
            "addressee": self.speech.one_of(language().words[f"addressee_{author.scale}"]),
        }  # fmt: skip

    def _amendments(self, base: list[Paper]) -> list[Paper]:
        """Decisions that change an older normative paper, which then is in force as amended."""
        late = self.last - timedelta(days=400)
        old = [one for one in base if one.shape and one.shape.key.startswith("norm_") and one.written < late]
        shape = next(one for one in language().shape if one.key == "amendment")
        made = []
        for paper in self.speech.random.sample(old, min(AMENDED, len(old))):
            day = working_day(self.speech.random, paper.written + timedelta(days=200), self.last)
            amending = self._paper(
                paper.author, paper.topic, shape, day, {"old_short": paper.short, "old_number": ""}
            )
            amending.tags["amends"] = "1"
            amending.reads = None
            paper.changed_by, paper.validity = amending, Validity.AMENDED
            made.append(amending)
        return made

    def _replacements(self, base: list[Paper]) -> None:
        """Of two measures on one topic by one organ, the later ends the earlier and says so."""
        groups: dict[tuple[int, str], list[Paper]] = defaultdict(list)
        for one in base:
            if one.shape is not None and one.shape.key == "norm_measures":
                groups[one.author.organ.pk, one.topic.name].append(one)
        for group in groups.values():
            for earlier, later in pairwise(group):
                if earlier.validity == Validity.IN_FORCE and later.written > earlier.written:
                    earlier.validity, earlier.changed_by = Validity.REPEALED, later
                    later.tags["replaces"] = "1"

    def _readings(self, base: list[Paper], count: int) -> list[Paper]:
        """Interpretations, published with their policy or within days; some policies in several forms."""
        random = self.speech.random
        policies = [one for one in base if one.validity and one.shape and one.shape.key != "amendment"]
        made: list[Paper] = []
        while len(made) < count:
            policy = self.speech.one_of(policies)
            kinds = random.sample(readings(), random.choice((1, 1, 2, 3)))
            for reading in kinds[: count - len(made)]:
                facts = policy.facts | {"short": policy.short}
                title = self.speech.say(reading.title, facts)
                paper = Paper(
                    policy.author, policy.topic, None, policy.written, policy.published, facts, title
                )
                if self._new(paper):
                    paper.published = min(
                        policy.published + timedelta(hours=random.choice((0, 0, 1, 24, 48))), self.now
                    )
                    paper.reads, paper.reading, paper.files = policy, reading, reading.files
                    made.append(paper)
        return made

    def next_number(self, author: Author, sort: str, year: int) -> str:
        """文号 run on within the word and the year."""
        word = author.number_word(sort)
        self._serials[word, year] += 1
        return f"{word}〔{year}〕{self._serials[word, year]}号"

    def _number(self, papers: list[Paper]) -> None:
        """In the order of the days."""
        for one in papers:
            if one.shape is not None and one.shape.number:
                one.number = self.next_number(one.author, one.shape.number, one.written.year)
        for one in papers:
            if one.changed_by is not None and one.changed_by.tags.get("amends"):
                one.changed_by.facts["old_number"] = one.number
            elif one.changed_by is not None:
                said = f"{one.author.organ.name}印发的《{one.short}》（{one.number}）同时废止。"
                one.changed_by.facts["replaces"] += said


def _years_later(day: date, years: int) -> date:
    return day.replace(year=day.year + years, day=min(day.day, 28))
