"""What candidates and the team ask one another, and the answers, through the same verbs as the pages."""

from bothways.accounts.actors import Actor, member_actor
from bothways.accounts.models import Member
from bothways.config.demo.people import TEAM, OneMore, Question
from bothways.config.demo.recordings import Clips
from bothways.conversations.actions.clips import OpenedClip, finish_clip, open_question_clip, open_reply_clip
from bothways.conversations.actions.follow_up_answers import answer_follow_up_in_words
from bothways.conversations.actions.follow_ups import Asking, follow_up
from bothways.conversations.actions.inquiries import ask_in_words, ask_on_recording
from bothways.conversations.actions.replies import answer_in_words, answer_on_recording
from bothways.conversations.models import Clip
from bothways.interviews.models import Interview
from bothways.lib.ids import new_id

_DEVICE = {"kind": "video", "mime": "video/mp4"}


def ask(
    interview: Interview, question: Question, person: Actor, drawn: str, team: dict[str, Member], clips: Clips
) -> None:
    """Today, so that the answer is still owed when somebody looks."""
    interview.refresh_from_db()
    recruiter = member_actor(team["recruiter"])
    if question.words:
        asked = ask_in_words(interview=interview, words=question.words, actor=person)
    else:
        opened = open_question_clip(interview=interview, client_key=new_id(), actor=person, **_DEVICE)
        asked = ask_on_recording(clip=_filled(opened, person, drawn, clips), actor=person)
    if asked and question.answer:
        answer_in_words(actor=recruiter, inquiry=asked, message=question.answer)
    elif asked and question.answered_on_video:
        opened = open_reply_clip(actor=recruiter, inquiry=asked, client_key=new_id(), **_DEVICE)
        asking = next(data.person for data in TEAM if data.key == "recruiter")
        answer_on_recording(actor=recruiter, clip=_filled(opened, recruiter, asking, clips))


def follow_up_on(interview: Interview, one: OneMore, person: Actor, member: Member) -> None:
    """Today, so that there is still time to answer when somebody looks."""
    interview.refresh_from_db()
    question = interview.kit_version.questions.get(place=one.place)
    asked = follow_up(actor=member_actor(member), interview=interview, question=question, asking=Asking(one.words))
    if one.answer:
        answer_follow_up_in_words(follow_up=asked, written=one.answer, actor=person)


def _filled(opened: OpenedClip, actor: Actor, drawn: str, clips: Clips) -> Clip:
    size = clips.place(opened.clip.recording, drawn, 0)
    finish_clip(actor=actor, clip=opened.clip, size=size)
    clips.settle(opened.clip.recording, drawn, 0)
    return Clip.objects.select_related("interview__application", "inquiry__interview", "recording").get(
        id=opened.clip.id
    )
