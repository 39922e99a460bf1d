"""Who appears in the demonstration. Everybody is invented; pictures are drawn, voices read public-domain books."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class TeamMember:
    key: str
    name: str
    email: str
    role: str
    title: str
    person: str
    """Which drawn person speaks when this member asks a question."""


@dataclass(frozen=True, slots=True)
class Review:
    """What one member gave: a value for each question (0 is "not enough evidence"), a note each, a recommendation."""

    by: str
    values: tuple[int, ...]
    notes: tuple[str, ...]
    recommendation: str
    overall: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """What they ask the team: in words, or on video where there are none; and what is answered, if it is."""

    words: str = ""
    answer: str = ""
    answered_on_video: bool = False


@dataclass(frozen=True, slots=True)
class Remark:
    """What a member says to the others about an answer, at seconds of it. `answers`: below the first one there."""

    by: str
    place: int
    words: str
    at_s: int | None = None
    until_s: int | None = None
    answers: bool = False


@dataclass(frozen=True, slots=True)
class OneMore:
    """What a member who has rated asks once more about an answer, and what the candidate writes, if they have."""

    by: str
    place: int
    words: str
    answer: str = ""


@dataclass(frozen=True, slots=True)
class DemoCandidate:
    """`reaches` is how far they have come; days count back from today."""

    name: str
    email: str
    reaches: str
    invited_days_ago: int
    language: str = "en"
    person: str = ""
    submitted_days_ago: int = 0
    reviews: tuple[Review, ...] = field(default=())
    remarks: tuple[Remark, ...] = ()
    outcome: str = ""
    reason: str = ""
    reply: str = ""
    feedback: str = ""
    """What a person adds to the draft of the feedback, which is then sent."""
    asks: str = ""
    """What they ask a person for: "person" or "change"; `asks_words` is what they write with it."""
    asks_words: str = ""
    answered_with: str = ""
    questions: tuple[Question, ...] = field(default=())
    follow_ups: tuple[OneMore, ...] = ()


TEAM = (
    TeamMember("owner", "Marta Lindqvist", "marta@kestrel.example", "owner", "head of tenant services", "marta"),
    TeamMember("recruiter", "Inês Carvalho", "ines@kestrel.example", "recruiter", "people and hiring", "ines"),
    TeamMember("kwame", "Kwame Osei-Bonsu", "kwame@kestrel.example", "reviewer", "senior tenant adviser", "kwame"),
    TeamMember("rafael", "Rafael Moreno", "rafael@kestrel.example", "reviewer", "repairs team", "rafael"),
)

FIRM = (
    "Gives the news in the second sentence and stays with the person.",
    "Asks her to tell it back. That is the 5 for checking, but once only.",
)

CANDIDATES = (
    DemoCandidate(
        name="Aleksandra Wiśniewska-Kowalczyk",
        email="aleksandra@mail.example",
        reaches="submitted",
        invited_days_ago=11,
        submitted_days_ago=8,
        person="plover",
        reviews=(
            Review(
                "kwame",
                (4, 5, 3, 4),
                ("Names the letters to tenants.", FIRM[0], "Calls first, then looks for who owns it.", ""),
                "advance",
                "Clear, and kind without being soft.",
            ),
            Review(
                "rafael",
                (3, 3, 3, 2),
                ("", "I did not hear how she knew it was understood.", "", "Says little about how she works best."),
                "hold",
            ),
        ),
        remarks=(
            Remark("rafael", 2, "Here I waited for her to ask what the family had heard. Did I miss it?", 2, 4),
            Remark(
                "kwame",
                2,
                "It comes right after, in half a sentence. @Rafael, listen once more?",
                answers=True,
            ),
            Remark("recruiter", 0, "You are close on three of four answers. Talk about the second before we decide."),
        ),
        follow_ups=(
            OneMore(
                "rafael",
                2,
                "How did you notice that the family had understood you?",
                "The daughter repeated the date to her mother in Polish. Then I asked what they would pack first.",
            ),
        ),
    ),
    DemoCandidate(
        name="Oluwaseun Adébáyọ̀",
        email="seun@mail.example",
        reaches="submitted",
        invited_days_ago=10,
        submitted_days_ago=6,
        person="siskin",
        reviews=(
            Review(
                "kwame",
                (4, 4, 5, 3),
                ("", "Wrote the next date on the back of the card.", "Asks why two letters went unread.", ""),
                "advance",
            ),
        ),
        follow_ups=(OneMore("kwame", 3, "And if nobody had opened the door that day?"),),
    ),
    DemoCandidate(
        name="José Luis Fernández de la Vega Ruiz",
        email="joseluis@mail.example",
        reaches="submitted",
        invited_days_ago=14,
        submitted_days_ago=9,
        person="chau",
        reviews=(
            Review("kwame", (4, 5, 4, 4), ("", FIRM[1], "", "Says when he needs help."), "advance"),
            Review("rafael", (4, 4, 4, 4), ("", "Checks twice.", "", ""), "advance", "I would like to work with him."),
        ),
        outcome="advance",
        reason="Both raters saw the same: says bad news plainly and checks that it was understood.",
        reply=(
            "Thank you for your four answers. Kwame and Rafael watched all of them.\n\nWhat spoke to us most was how "
            "you told the family about the delay, and that you came back the next day to see whether it had been "
            "understood. We would like to meet you: Inês writes to you this week with times."
        ),
    ),
    DemoCandidate(
        name="Sanne de Vries",
        email="sanne@mail.example",
        reaches="submitted",
        invited_days_ago=15,
        submitted_days_ago=10,
        person="heron",
        reviews=(
            Review("kwame", (2, 2, 3, 2), ("", "The news comes after two minutes of reasons.", "", ""), "decline"),
            Review("rafael", (3, 2, 2, 3), ("", "No sign of how it landed.", "Passes it on.", ""), "decline"),
        ),
        outcome="decline",
        reason="Two raters, close together: bad news comes late and is not checked. Others were stronger on both.",
        reply=(
            "Thank you for your time and your answers. Kwame and Rafael watched all four of them, on their own.\n\nWe "
            "go on with other people this time. What counted most was the second question: you gave many good reasons "
            "before the news itself, and we did not hear how you knew that it was understood. Say it first, then ask "
            "what the other person heard. Your third answer was strong on finding out who is responsible.\n\nIf you "
            "would like to talk about this, I am at +351 210 000 000."
        ),
        feedback=(
            "What stayed with me is your third answer: before you promised anything, you found out who was "
            "responsible. Hold on to that."
        ),
    ),
    DemoCandidate(
        name="Priya Raghunathan",
        email="priya@mail.example",
        reaches="submitted",
        invited_days_ago=12,
        submitted_days_ago=7,
        person="dunlin",
        reviews=(
            Review("kwame", (3, 4, 3, 3), ("", "", "", ""), "hold"),
            Review("rafael", (4, 3, 3, 0), ("", "", "", "The answer ends before it comes to this."), "hold"),
        ),
        outcome="hold",
        reason="Good, but we want to hear the other five first. Reply is due by the promised date.",
    ),
    DemoCandidate(
        name="Mateus Ferreira",
        email="mateus@mail.example",
        reaches="submitted",
        invited_days_ago=6,
        submitted_days_ago=3,
        person="chau",
    ),
    DemoCandidate(
        name="ليلى حداد",
        email="layla@mail.example",
        reaches="submitted",
        invited_days_ago=5,
        submitted_days_ago=1,
        language="ar",
        person="dunlin",
        questions=(Question(),),
    ),
    DemoCandidate(
        "Tomasz Zieliński",
        "tomasz@mail.example",
        "started",
        4,
        person="siskin",
        questions=(
            Question(
                "How many tenants would I be responsible for?",
                "About 240 homes, shared with one colleague. You never carry a hard week alone.",
            ),
            Question("Is there training for the first months?"),
        ),
    ),
    DemoCandidate(
        "Ayşe Demir",
        "ayse@mail.example",
        "opened",
        3,
        asks="change",
        asks_words="I work nights this week. Could we do it by telephone on Friday?",
    ),
    DemoCandidate("Jürgen Großmann", "juergen@mail.example", "invited", 2, language="de"),
    DemoCandidate("Freja Sørensen", "freja@mail.example", "expired", 13),
    DemoCandidate("Giulia Conti", "giulia@mail.example", "withdrawn", 9),
)

FRESH = DemoCandidate("Châu Nguyễn", "chau@mail.example", "invited", 0)

PLANNERS = (
    DemoCandidate(
        "Noah Okonkwo",
        "noah@mail.example",
        "submitted",
        5,
        person="siskin",
        submitted_days_ago=2,
        questions=(Question("Who would plan with me on Saturdays?", answered_on_video=True),),
    ),
    DemoCandidate(
        "Ingrid Bakke",
        "ingrid@mail.example",
        "opened",
        3,
        asks="person",
        answered_with="Gladly. I ring you tomorrow after four. If another time suits you better, write to me.",
    ),
)
