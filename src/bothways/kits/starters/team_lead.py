from django.utils.translation import gettext_lazy as _

from bothways.kits.starters.shape import Starter, StarterQuestion

TEAM_LEAD = Starter(
    code="team-lead",
    name=_("Team lead"),
    hint=_("Direction, hard talks, letting others grow."),
    welcome=_(
        "Hello, and thank you for your interest in working with us. There are no trick questions. Take the time you "
        "need to think, record again if you like, and send us the answer that you like best."
    ),
    questions=(
        StarterQuestion(
            text=_("What does a team have from being led by you? Tell us about a moment when it could be seen."),
            competency=_("Leading"),
            anchor_1=_("Speaks of results as their own, or of the title."),
            anchor_3=_("Names something they did for the team and what it changed."),
            anchor_5=_("Tells it from the side of the team, with its doubts, and what they learned from them."),
        ),
        StarterQuestion(
            text=_(
                "Tell us about a talk with somebody in your team that you would rather not have had. How did you "
                "prepare, and what did you say?"
            ),
            competency=_("Hard talks"),
            anchor_1=_("Put it off, or spoke about the person instead of the matter."),
            anchor_3=_("Prepared it, said plainly what was the matter, and listened."),
            anchor_5=_(
                "Agreed on something that could be checked, came back to it, and the two still worked well together."
            ),
        ),
        StarterQuestion(
            text=_(
                "Your team can do two of three things this quarter, and three managers each want theirs. What do "
                "you do?"
            ),
            competency=_("Setting priorities"),
            anchor_1=_("Promises all three, or lets the loudest win."),
            anchor_3=_("Asks for the aims behind them, proposes two and says why."),
            anchor_5=_(
                "Makes the cost of each choice plain, gets a decision from those who own it, and shields the team "
                "from the rest."
            ),
        ),
        StarterQuestion(
            text=_("Whom have you helped to become better than you at something, and how?"),
            competency=_("Letting others grow"),
            anchor_1=_("Thinks of nobody, or speaks of training courses."),
            anchor_3=_("Names a person and what they did for them."),
            anchor_5=_("Handed over something they liked to do themselves, and stayed near without steering."),
        ),
    ),
)
