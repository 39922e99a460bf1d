"""The two kits of the demonstration, word for word."""

import dataclasses

from bothways.accounts.models import Member
from bothways.kits.actions.wording import Wording


def asked_by(wording: Wording, member: Member) -> Wording:
    return dataclasses.replace(wording, asker=member)


WELCOME = (
    "I lead the team you would join. Four of us answer for nine hundred homes. I would like to hear how you talk with "
    "people when it is hard, and what you need to work well. There are no trick questions."
)
CLOSING = (
    "Thank you for the time you took. Kwame and Rafael watch every answer, on their own, against what you have read "
    "here. You hear from us by the date on your page, with feedback, whatever we decide."
)

WAY_OF_WORKING = (
    "recruiter",
    Wording(
        text="What should we know about how you work best?",
        competency="Way of working",
        anchor_1="Wishes only, or what they think we want to hear.",
        anchor_3="Names one condition and why it helps.",
        anchor_5="Names what helps, what does not, and what they do themselves about it, with an example.",
    ),
)

ADVISER = (
    (
        "owner",
        Wording(
            text="What made you stop and read this advertisement to the end?",
            competency="Motivation",
            answer_limit_s=180,
            anchor_1="Says nothing that belongs to this work. Could be said of any job.",
            anchor_3="Names one thing about tenants or housing and why it matters to them.",
            anchor_5="Ties something they did or lived to what this team does, with an example.",
        ),
    ),
    (
        "kwame",
        Wording(
            text=(
                "Tell us about a time you had to give somebody bad news. What did you say, and how did you know it was "
                "understood?"
            ),
            competency="Clear and kind",
            anchor_1="Avoids the news, or gives it and leaves. No sign of how it landed.",
            anchor_3="Says it plainly and stays. Notices the reaction, answers questions.",
            anchor_5=(
                "Says it first and in plain words, stays with the person, and checks: asks them to say it back, or "
                "comes again. Names what they would do differently."
            ),
        ),
    ),
    (
        "kwame",
        Wording(
            text=(
                "A tenant writes for the third time about the same leak. Nobody has answered. What do you do in the "
                "first hour?"
            ),
            competency="Judgement",
            anchor_1="Passes it on, or promises a date they cannot know.",
            anchor_3="Calls the tenant first, then finds out who owns the job.",
            anchor_5="Makes it safe, owns the next contact, and asks why two letters went unread.",
        ),
    ),
    WAY_OF_WORKING,
)

PLANNER = (
    (
        "rafael",
        Wording(
            text="Two boilers fail on the same morning and you have one fitter. How do you decide who goes first?",
            competency="Judgement",
            anchor_1="Takes the first call, or asks somebody else to decide.",
            anchor_3="Asks who is at risk and tells both homes when help comes.",
            anchor_5="Asks who is at risk, finds a bridge for the other home, tells both, and checks back.",
        ),
    ),
    (
        "rafael",
        Wording(
            text="Tell us about a plan of yours that did not hold. What did you change, and when did you tell people?",
            competency="Planning",
            anchor_1="Blames others, or tells no case.",
            anchor_3="Tells one case and what was changed.",
            anchor_5="Saw it early, said so before others noticed, and changed how they plan since.",
        ),
    ),
    WAY_OF_WORKING,
)
