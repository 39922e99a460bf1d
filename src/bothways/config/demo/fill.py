"""Fills an empty product through its own verbs, as people would."""

import tempfile
from collections.abc import Callable
from pathlib import Path

from django.utils import translation

from bothways.accounts.actions.members import accept_invitation, invite_member
from bothways.accounts.actions.organizations import create_organization
from bothways.accounts.actors import Actor, member_actor
from bothways.accounts.models import Member, Organization
from bothways.config.demo import journeys, kits
from bothways.config.demo.people import CANDIDATES, PLANNERS, TEAM
from bothways.config.demo.recordings import Clips, Scene
from bothways.config.demo.talks import talk_now, talk_tomorrow
from bothways.kits.actions.captions import review_captions, save_captions
from bothways.kits.actions.kits import create_kit
from bothways.kits.actions.prompts import attach_prompt, finish_prompt, open_prompt
from bothways.kits.actions.questions import add_question
from bothways.kits.actions.versions import edit_words, publish
from bothways.kits.models import Kit, KitVersion, Question
from bothways.kits.queries.captions import cues_to_edit
from bothways.kits.starters import STARTERS
from bothways.lib.ids import new_id
from bothways.positions.actions.positions import open_position
from bothways.positions.actions.stages import Rules, add_stage, edit_stage
from bothways.positions.models import Assigning, Position, Stage, StageKind
from bothways.review.actions.assigning import assign_stage

Team = dict[str, Member]
Tell = Callable[[str], None]


def fill(tell: Tell) -> Organization:
    """One organization, two positions with kits, and candidates in every state."""
    with translation.override("en"), tempfile.TemporaryDirectory() as folder:
        clips = Clips(Path(folder), _scenes())
        tell("Filling: the team")
        team = _team()
        tell("Filling: two kits with recorded questions")
        adviser = _position(team, clips, ADVISER_POSITION, "Tenant adviser, first round", kits.ADVISER, "owner")
        planner = _position(team, clips, PLANNER_POSITION, "Planner, first round", kits.PLANNER, "rafael")
        for number, candidate in enumerate(CANDIDATES, start=1):
            tell(f"Filling: candidate {number} of {len(CANDIDATES) + len(PLANNERS)}")
            journeys.walk(candidate, adviser, team, clips)
        for number, candidate in enumerate(PLANNERS, start=len(CANDIDATES) + 1):
            tell(f"Filling: candidate {number} of {len(CANDIDATES) + len(PLANNERS)}")
            journeys.walk(candidate, planner, team, clips)
        _share_out(team, planner)
        tell("Filling: live interviews, one now and one tomorrow")
        live = adviser.position.stages.get(kind=StageKind.LIVE)
        talk_tomorrow(live, team["recruiter"], [team["kwame"], team["rafael"]])
        talk_now(live, team["recruiter"], team["kwame"])
        clips.close()
    return team["owner"].organization


def _scenes() -> list[Scene]:
    """Who is needed, in the order of need: the team asks, the candidates answer in two takes each."""
    asking = [(member.person, 0) for member in TEAM]
    return asking + [(who.person, part) for who in (*CANDIDATES, *PLANNERS) if who.person for part in (1, 0)]


ADVISER_POSITION = {
    "title": "Tenant support adviser",
    "place": "Lisbon and from home",
    "salary": "€31,400–35,000 a year",
    "description": (
        "You are the person tenants reach when something does not work: a leak, a letter they do not understand, a "
        "rent they cannot pay this month. You listen, you sort out what can be sorted out, and you say so when it "
        "cannot."
    ),
}
PLANNER_POSITION = {
    "title": "Maintenance planner",
    "place": "Lisbon",
    "salary": "€29,000–32,500 a year",
    "description": "You decide which fitter goes where and when, and tell tenants before they have to ask.",
}


def _team() -> Team:
    owner_data = TEAM[0]
    owner = create_organization(
        name="Kestrel Housing",
        slug="kestrel",
        owner_name=owner_data.name,
        owner_email=owner_data.email,
        owner_password=None,
        retention_profile="eu",
        time_zone="Europe/Lisbon",
        country="PT",
        contact_email="people@kestrel.example",
    )
    team = {owner_data.key: owner}
    for data in TEAM[1:]:
        _, token = invite_member(
            actor=member_actor(owner), organization=owner.organization, email=data.email, role=data.role
        )
        team[data.key] = accept_invitation(token=token, name=data.name, password=None)
    for data in TEAM:
        Member.objects.filter(id=team[data.key].id).update(title=data.title)
        team[data.key].title = data.title
    return team


def _position(team: Team, clips: Clips, about: dict[str, str], kit_name: str, questions: tuple, welcome: str) -> Stage:
    recruiter = member_actor(team["recruiter"])
    organization = team["recruiter"].organization
    kit = _kit(team, clips, recruiter, kit_name, questions, welcome)
    position: Position = open_position(
        actor=recruiter, organization=organization, replies_by=team["recruiter"], **about
    )
    stage = add_stage(
        actor=recruiter,
        position=position,
        rules=Rules(name="Recorded interview", kit=kit),
        reviewers=[team["kwame"], team["rafael"]],
    )
    add_stage(
        actor=recruiter,
        position=position,
        rules=Rules(name="A talk with the team", kind=StageKind.LIVE, kit=kit),
        reviewers=[team["kwame"], team["rafael"]],
    )
    return stage


def _share_out(team: Team, stage: Stage) -> None:
    """By rule from now on: what was begun stays with whoever began it, the rest is picked at once."""
    rules = Rules(name=stage.name, kit=stage.kit, assignment=Assigning.BY_RULE)
    members = [team["kwame"], team["rafael"]]
    edit_stage(actor=member_actor(team["recruiter"]), stage=stage, rules=rules, reviewers=members)
    assign_stage(stage_id=stage.id)


def _kit(team: Team, clips: Clips, actor: Actor, name: str, questions: tuple, welcome: str) -> Kit:
    organization = team["recruiter"].organization
    kit = create_kit(actor=actor, organization=organization, name=name, starter=STARTERS["empty"])
    version = KitVersion.objects.get(kit=kit)
    version = edit_words(
        actor=actor,
        version=version,
        welcome_text=kits.WELCOME,
        welcome_by=team[welcome],
        closing_text=kits.CLOSING,
        language="en",
    )
    _record(actor, version, welcome, clips)
    for asker, wording in questions:
        question = add_question(actor=actor, version=version, wording=kits.asked_by(wording, team[asker]))
        _record(actor, question, asker, clips)
    publish(actor=actor, version=KitVersion.objects.get(id=version.id))
    return kit


def _record(actor: Actor, subject: KitVersion | Question, member_key: str, clips: Clips) -> None:
    person = next(data.person for data in TEAM if data.key == member_key)
    opened = open_prompt(actor=actor, subject=subject, client_key=new_id(), kind="video", mime="video/mp4")
    size = clips.place(opened.prompt.recording, person, 0)
    prompt = finish_prompt(actor=actor, subject=subject, prompt=opened.prompt, size=size)
    clips.settle(prompt.recording, person, 0)
    prompt.refresh_from_db()
    subject = attach_prompt(actor=actor, subject=subject, prompt=prompt)
    captions = save_captions(actor=actor, subject=subject, cues=cues_to_edit(subject))
    review_captions(actor=actor, subject=subject, seen=captions.revision)
