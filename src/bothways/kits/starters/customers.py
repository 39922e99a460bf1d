from django.utils.translation import gettext_lazy as _

from bothways.kits.starters.shape import Starter, StarterQuestion

CUSTOMERS = Starter(
    code="customers",
    name=_("Customer service"),
    hint=_("Clear words, calm under pressure, owning a case to its end."),
    welcome=_(
        "Hello, and thank you for your interest in working with us. There are no trick questions. Take the time you "
        "need to think, record again if you like, and send us the answer that you like best."
    ),
    questions=(
        StarterQuestion(
            text=_("Which company or person has served you really well, and what exactly did they do?"),
            competency=_("Eye for good service"),
            anchor_1=_("Stays general: they were nice, it was fast."),
            anchor_3=_("Describes what was done and why it helped."),
            anchor_5=_("Sees the small thing that made the difference, and how they would do it here."),
        ),
        StarterQuestion(
            text=_(
                "Tell us about a time you had to give somebody bad news. What did you say, and how did you know it "
                "was understood?"
            ),
            competency=_("Clear and kind"),
            anchor_1=_("Avoids the news, or gives it and leaves. No sign of how it landed."),
            anchor_3=_("Says it plainly and stays. Notices the reaction and answers questions."),
            anchor_5=_(
                "Prepares the moment, says it in the first sentence, checks that it was understood, and offers a "
                "next step."
            ),
        ),
        StarterQuestion(
            text=_(
                "A customer writes for the third time about the same problem. Nobody has answered so far. What do "
                "you do in the first hour?"
            ),
            competency=_("Judgement"),
            anchor_1=_("Passes it on, or promises a date they cannot know."),
            anchor_3=_("Calls the customer first, then finds out who can solve it."),
            anchor_5=_("Owns the next contact, solves what can be solved now, and asks why two letters went unread."),
        ),
        StarterQuestion(
            text=_(
                "Explain something that you know well to somebody who has never heard of it. You choose the subject."
            ),
            competency=_("Explaining"),
            anchor_1=_("Uses words that a newcomer cannot know."),
            anchor_3=_("Is easy to follow from beginning to end."),
            anchor_5=_("Begins with what the listener knows, uses an example, and says what to remember."),
        ),
    ),
)
