"""Of every verb there is: either it lets words out and passes the checks, or it is said here why it lets none out."""

from __future__ import annotations

from gongkai.web.house.action import Action
from gongkai.web.house.publishing import Screened
from gongkai.web.review.actions.checked_action import CheckedAction

NO_WORDS = {
    "accounts": "staff and their sign-in are never public",
    "audit": "the log is never public",
}
NOTHING_GOES_OUT = {
    "catalogue.create": "a draft", "catalogue.revise": "a draft", "catalogue.attach": "to a draft", "catalogue.detach": "takes away",
    "catalogue.discard": "a draft", "catalogue.place": "chosen from lists", "catalogue.link_interpretation": "chosen from lists",
    "catalogue.unlink_interpretation": "takes away", "catalogue.consent_interpretation": "chosen from lists", "catalogue.open_cleanup": "for staff", "catalogue.decide_cleanup": "goes out when the round is closed",
    "catalogue.end_entry": "takes away", "catalogue.import_entries": "through catalogue.save_entry",
    "organs.import": "through its rows' verbs", "organs.appoint": "for staff", "organs.end_post": "for staff",
    "reporting.upload": "a draft", "reporting.reread": "a draft", "reporting.discard": "a draft", "reporting.withdraw": "takes away; the reason is for staff",
    "review.pass_step": "for staff", "review.name_original": "for staff", "review.drop_original": "for staff", "review.approve": "goes out by review.publish", "review.return": "for staff", "review.refer": "for staff",
    "review.record_answer": "for staff", "review.record_opinion": "for staff", "review.review_emergency": "for staff", "review.withdraw": "takes away",
    "review.confirm_emergency": "for staff; goes out by review.emergency_publish", "review.escalate_emergency": "takes away; its reason is the platform's own",
    "review.change_attribute": "goes out by review.publish", "review.set_reassess_date": "for staff", "review.set_route": "for staff",
    "search.drop_word": "takes away",
    "bringing_in.items": "drafts; what the operator brings in as published elsewhere is public already (ADR 0101)",
}  # fmt: skip


def verbs(of=Action):
    for one in of.__subclasses__():
        if "verb" in one.__dict__ and one.__module__.startswith("gongkai."):
            yield one
        yield from verbs(one)


def test_every_verb_that_lets_words_out_passes_the_checks():
    found = {one.verb: issubclass(one, Screened | CheckedAction) for one in verbs()}
    assert len(found) > 40
    silent = {verb for verb, looked in found.items() if not looked and verb.partition(".")[0] not in NO_WORDS}
    # The rooms that bring in what exists make drafts, by whatever verb.
    assert {verb for verb in silent if not verb.startswith("bringing_in.")} == {verb for verb in NOTHING_GOES_OUT if not verb.startswith("bringing_in.")}
