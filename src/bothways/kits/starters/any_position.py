from django.utils.translation import gettext_lazy as _

from bothways.kits.starters.shape import Starter, StarterQuestion

ANY_POSITION = Starter(
    code="any",
    name=_("Four questions for any position"),
    hint=_("Motivation, a hard moment, working with others, learning."),
    welcome=_(
        "Hello, and thank you for your interest in working with us. There are no trick questions. Take the time you "
        "need to think, record again if you like, and send us the answer that you like best."
    ),
    questions=(
        StarterQuestion(
            text=_("What made you stop at this position, and what do you hope to find here?"),
            competency=_("Motivation"),
            anchor_1=_("Says nothing that belongs to this work. It could be said of any job."),
            anchor_3=_("Names one thing about this work and why it matters to them."),
            anchor_5=_("Ties something they did or lived to what this team does, with an example."),
        ),
        StarterQuestion(
            text=_(
                "Tell us about a problem at work, at school or at home that you solved. What did you do first, and "
                "how did it end?"
            ),
            competency=_("Solving problems"),
            anchor_1=_("Describes the problem, not what they did about it."),
            anchor_3=_("Says what they did, step by step, and how it ended."),
            anchor_5=_("Explains why they chose this way over another, and what they would do differently now."),
        ),
        StarterQuestion(
            text=_("Tell us about a time you did not agree with somebody you worked with. What did you do?"),
            competency=_("Working with others"),
            anchor_1=_("Blames the other person, or gave in without a word."),
            anchor_3=_("Spoke about it openly and found a way to go on."),
            anchor_5=_("Understood why the other saw it differently, and both left with something better."),
        ),
        StarterQuestion(
            text=_("What did you learn last, and how did you go about it?"),
            competency=_("Learning"),
            anchor_1=_("Names a subject, but nothing that they did to learn it."),
            anchor_3=_("Describes how they learned it and one thing they can do now."),
            anchor_5=_("Shows how they noticed a gap, sought help or practice, and used it for others, too."),
        ),
    ),
)
