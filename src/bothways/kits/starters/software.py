from django.utils.translation import gettext_lazy as _

from bothways.kits.starters.shape import Starter, StarterQuestion

SOFTWARE = Starter(
    code="software",
    name=_("Software engineer"),
    hint=_("Judgement, working in code that others wrote, explaining."),
    welcome=_(
        "Hello, and thank you for your interest in working with us. There are no trick questions. Take the time you "
        "need to think, record again if you like, and send us the answer that you like best."
    ),
    questions=(
        StarterQuestion(
            text=_(
                "Tell us about something you built that people really used. What was your part, and what surprised you?"
            ),
            competency=_("Building for people"),
            anchor_1=_("Lists technologies. It stays open what was their part."),
            anchor_3=_("Says what they did themselves and who used it."),
            anchor_5=_("Tells what real use taught them, and what they changed because of it."),
        ),
        StarterQuestion(
            text=_("Describe a bug that took you a long time. How did you find it in the end?"),
            competency=_("Finding causes"),
            anchor_1=_("Tried things until it worked, and cannot say why it did."),
            anchor_3=_("Narrowed it down step by step to a cause."),
            anchor_5=_("Formed guesses and tested them, fixed the cause, and made sure it would be noticed next time."),
        ),
        StarterQuestion(
            text=_(
                "You inherit code that works, but that nobody understands, and you must change it next week. What "
                "do you do?"
            ),
            competency=_("Judgement"),
            anchor_1=_("Rewrites it all, or changes it and hopes."),
            anchor_3=_("Reads, writes tests around the change, and makes a small one."),
            anchor_5=_(
                "Weighs risk against time, talks to those who use it, and leaves it easier for the next person."
            ),
        ),
        StarterQuestion(
            text=_(
                "Explain a technical decision of yours to somebody who does not write software: what you chose, and "
                "what you gave up for it."
            ),
            competency=_("Explaining"),
            anchor_1=_("Cannot be followed without knowing the field."),
            anchor_3=_("Is clear about what was chosen and why."),
            anchor_5=_("Makes the price of the decision plain, and says when they would decide differently."),
        ),
    ),
)
