"""The room's socket, by a real server and foreign clients."""

from bothways.interviews.models import Interview
from bothways.notify.models import Message
from tests.factories import make_member
from tests.factories.live import make_booked_room, make_rules
from tests.web.live.talking import Talk


def test_a_candidate_waits_until_a_host_lets_them_in_and_then_they_signal(talk, cast):
    bo = talk.host(cast.bo)
    welcome = bo.hear("welcome")
    assert welcome["people"] == [] and welcome["you"]["kind"] == "host" and welcome["recording"] is None

    dee = talk.candidate()
    waiting = dee.hear("waiting")
    assert waiting["hosts"] == [{"name": "Bo Osei", "title": ""}]
    dee.say("chat", key="6f9619ff-8b86-4011-b42d-00c04fc964ff", text="Let me in")
    assert dee.hear("refused")["code"] == "not_in"
    knock = bo.hear("knock")["participant"]
    bo.say("admit", participant=knock["id"])
    inside = dee.hear("welcome")
    assert [one["name"] for one in inside["people"]] == ["Bo Osei"]
    assert bo.hear("join")["person"]["id"] == inside["you"]["id"]

    offer = {"description": {"type": "offer", "sdp": "v=0"}, "mine": "one", "yours": "other"}
    dee.say("signal", to=welcome["you"]["id"], **offer)
    assert bo.hear("signal") == {"type": "signal", "from": knock["id"], **offer}
    dee.say("chat", key="6f9619ff-8b86-4011-b42d-00c04fc964ff", text="Good morning")
    assert bo.hear("chat")["text"] == dee.hear("chat")["text"] == "Good morning"


def test_a_newer_page_takes_over_the_seat(talk, cast):
    bo, dee = talk.together(cast.bo)
    again = talk.candidate(epoch="second")
    assert dee.close_code() == 4001
    welcome = again.hear("welcome")
    assert not welcome["resumed"]
    joined = bo.hear("join")["person"]
    assert (joined["id"], joined["epoch"]) == (welcome["you"]["id"], "second")


def test_everybody_is_told_whose_line_is_back(talk, cast):
    """What was sent to them meanwhile did not arrive, and may have to be said again."""
    bo, ines, dee = talk.together(cast.bo, cast.ines)
    dee_id = dee.seen[-1]["you"]["id"]
    dee.leave()
    assert talk.candidate().hear("welcome")["resumed"]
    for one in (bo, ines):
        assert one.hear("back", "join", "leave") == {"type": "back", "id": dee_id}


def test_signals_reach_nobody_outside_the_room(talk, cast):
    bo, dee = talk.together(cast.bo)
    other = Talk(talk.port, make_booked_room(cast, "Sam Somebody"))
    ines = other.host(cast.ines)
    ines_id = ines.hear("welcome")["you"]["id"]
    dee.say("signal", to=ines_id, candidate={"candidate": "x"})
    bo.say("signal", to=ines_id, candidate=None)
    assert dee.heard_until_now() == bo.heard_until_now() == ines.heard_until_now() == []
    other.close()


def test_what_others_send_and_write_is_there_for_who_comes_later(talk, cast):
    bo, dee = talk.together(cast.bo)
    dee.say("media", camera=False, microphone=True, screen=False, quality="low")
    told = bo.hear("media")
    assert (told["camera"], told["microphone"], told["quality"]) == (False, True, "low")
    key = "6f9619ff-8b86-4011-b42d-00c04fc964ff"
    dee.say("chat", key=key, text="Can you hear me?")
    dee.say("chat", key=key, text="Can you hear me?")
    bo.hear("chat")
    dee.hear("chat"), dee.hear("chat")
    assert bo.heard_until_now() == []
    question = talk.room.interview.kit_version.questions.get(place=2)
    bo.say("ask", question=str(question.id))
    assert dee.hear("ask")["text"] == question.text
    welcome = talk.host(cast.ines).hear("welcome")
    assert [one["text"] for one in welcome["chat"]] == ["Can you hear me?"]
    assert welcome["asked"]["question"] == str(question.id)
    assert next(one["media"] for one in welcome["people"] if one["kind"] == "candidate")["quality"] == "low"
    assert welcome["caps"]["bitrate"] == 800_000 and dee.hear("caps")["bitrate"] == 800_000


def test_the_candidate_reads_what_is_asked_only_where_the_stage_says_so(talk, cast):
    make_rules(talk.room.interview, shows_questions=False)
    bo, dee = talk.together(cast.bo)
    question = talk.room.interview.kit_version.questions.get(place=1)
    bo.say("ask", question=str(question.id))
    assert bo.hear("ask")["text"] == question.text
    assert dee.heard_until_now() == []
    dee.leave()
    assert talk.candidate().hear("welcome")["asked"] is None


def test_ending_sends_the_interview_and_promises_a_reply(talk, cast):
    bo = talk.host(cast.bo)
    bo.hear("welcome")
    bo.say("end")
    assert bo.hear("refused")["code"] == "nobody_came"
    dee = talk.candidate()
    bo.say("admit", participant=bo.hear("knock")["participant"]["id"])
    dee.hear("welcome")
    bo.say("end")
    assert dee.hear("ended") and dee.close_code() == bo.close_code() == 4004
    interview = Interview.objects.get(id=talk.room.interview_id)
    assert interview.state == "submitted" and interview.reply_by and interview.rate_by
    mail = Message.objects.get(kind="live.thanks")
    assert "Thank you for the talk, Dee Okafor." in mail.body_text


def test_a_host_who_was_taken_out_can_be_let_in_again(talk, cast):
    bo, ines, dee = talk.together(cast.bo, cast.ines)
    ines_id = ines.seen[0]["you"]["id"]
    bo.say("remove", participant=ines_id)
    assert dee.hear("leave")["id"] == ines_id
    bo.say("remove", participant=bo.seen[0]["you"]["id"])
    assert bo.hear("refused")["code"] == "own_seat"
    bo.say("admit", participant=ines_id)
    assert talk.host(cast.ines, epoch="second").hear("welcome")["people"]


def test_seven_do_not_fit(talk, cast):
    everybody = [cast.bo, cast.ines, cast.rafael, cast.ada]
    everybody += [make_member(cast.organization, f"Recruiter {number}", "recruiter") for number in range(2)]
    for one in everybody:
        talk.host(one).hear("welcome")
    seventh = talk.host(make_member(cast.organization, "Late Comer", "recruiter"))
    assert seventh.hear("refused")["code"] == "full"
