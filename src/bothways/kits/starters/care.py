from django.utils.translation import gettext_lazy as _

from bothways.kits.models import AnswerKind
from bothways.kits.starters.shape import Starter, StarterQuestion

CARE = Starter(
    code="care",
    name=_("Care and nursing"),
    hint=_("Respect, safety, handling a hard shift."),
    welcome=_(
        "Hello, and thank you for your interest in working with us. There are no trick questions. Take the time you "
        "need to think, record again if you like, and send us the answer that you like best."
    ),
    questions=(
        StarterQuestion(
            text=_("What does a good day look like for a person you care for?"),
            competency=_("Respect"),
            anchor_1=_("Speaks of tasks that get done, not of the person."),
            anchor_3=_("Names the person's own wishes and how they find them out."),
            anchor_5=_("Gives an example of a wish that was hard to meet, and how it was met safely."),
        ),
        StarterQuestion(
            text=_("Somebody you care for refuses their medicine. What do you do?"),
            competency=_("Safety"),
            anchor_1=_("Persuades or presses, or lets it be and tells nobody."),
            anchor_3=_("Asks why, explains, writes it down and informs the nurse in charge."),
            anchor_5=_(
                "Looks for the reason behind it, respects the refusal, knows which medicine cannot wait, and makes "
                "sure the next shift knows."
            ),
        ),
        StarterQuestion(
            text=_("Tell us about a shift when too much happened at once. What came first, and why?"),
            competency=_("Setting priorities"),
            anchor_1=_("Did everything at once, or cannot say what came first."),
            anchor_3=_("Says what came first and gives a reason."),
            anchor_5=_("Weighs risks aloud, asked for help in time, and told those who had to wait."),
        ),
        StarterQuestion(
            text=_("How do you look after yourself, so that you can do this work for years?"),
            competency=_("Staying well"),
            anchor_1=_("Says that it never touches them."),
            anchor_3=_("Names what helps them and how they notice that it is too much."),
            anchor_5=_("Tells of a time they asked for support, and what changed after it."),
        ),
        StarterQuestion(
            text=_("Which shifts can you work?"),
            competency=_("Shifts"),
            anchor_1=_("None of the shifts that are to be filled."),
            anchor_3=_("One of the shifts that are to be filled."),
            anchor_5=_("Most of the shifts that are to be filled."),
            answer_kind=AnswerKind.CHOICE,
            options=(_("Early"), _("Late"), _("Night"), _("Weekends and holidays"), _("None of these")),
            picks_several=True,
        ),
    ),
)
