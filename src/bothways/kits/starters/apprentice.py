from django.utils.translation import gettext_lazy as _

from bothways.kits.starters.shape import Starter, StarterQuestion

APPRENTICE = Starter(
    code="apprentice",
    name=_("Apprentice or first job"),
    hint=_("For people without work experience. School, home and hobbies count."),
    welcome=_(
        "Hello, and thank you for your interest in working with us. There are no trick questions. Take the time you "
        "need to think, record again if you like, and send us the answer that you like best."
    ),
    questions=(
        StarterQuestion(
            text=_("How did you find out about this trade, and what do you already know about it?"),
            competency=_("Motivation"),
            anchor_1=_("Was sent by somebody and has not looked at it."),
            anchor_3=_("Knows what the work is and names one thing they look forward to."),
            anchor_5=_("Has tried it, or asked somebody who does it, and knows what is hard about it."),
        ),
        StarterQuestion(
            text=_("Tell us about something you made or repaired, or that you stayed with for a long time."),
            competency=_("Staying with it"),
            anchor_1=_("Gives up the story when it gets hard."),
            anchor_3=_("Tells what they did and where it was difficult."),
            anchor_5=_("Tells how they got past the hard part, and is proud of a detail."),
        ),
        StarterQuestion(
            text=_("You are shown how to do a task, and an hour later you have forgotten half of it. What do you do?"),
            competency=_("Asking"),
            anchor_1=_("Guesses, or waits until somebody notices."),
            anchor_3=_("Asks, and says what they still remember."),
            anchor_5=_("Asks at once, writes it down this time, and says how they make sure it stays."),
        ),
        StarterQuestion(
            text=_("When have you looked after somebody or something? What was your part?"),
            competency=_("Being reliable"),
            anchor_1=_("Finds no example, or others did it."),
            anchor_3=_("Gives an example with a clear part of their own."),
            anchor_5=_("Others relied on it, and they tell what they did on a day when they did not feel like it."),
        ),
    ),
)
