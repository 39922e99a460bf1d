"""Names under which raters know candidates: birds, because they say nothing about a person."""

import random
from collections.abc import Callable, Collection, Iterator

BIRDS = (
    "Accentor", "Albatross", "Avocet", "Barbet", "Bee-eater", "Bittern", "Blackbird", "Blackcap", "Bluetail",
    "Bluethroat", "Bowerbird", "Brambling", "Brant", "Brolga", "Bulbul", "Bullfinch", "Bunting", "Buzzard", "Caracara",
    "Cassowary", "Catbird", "Chaffinch", "Chickadee", "Chiffchaff", "Chough", "Cisticola", "Condor", "Cormorant",
    "Corncrake", "Crane", "Crossbill", "Curlew", "Dabchick", "Dipper", "Dove", "Dowitcher", "Dunlin", "Dunnock",
    "Eagle", "Egret", "Eider", "Emu", "Falcon", "Fantail", "Fieldfare", "Finch", "Firecrest", "Flamingo", "Flicker",
    "Flycatcher", "Francolin", "Frogmouth", "Fulmar", "Gadwall", "Gallinule", "Gannet", "Garganey", "Godwit",
    "Goldcrest", "Goldeneye", "Goldfinch", "Goosander", "Goshawk", "Grackle", "Grebe", "Greenfinch", "Greenshank",
    "Grosbeak", "Grouse", "Guillemot", "Harrier", "Hawfinch", "Heron", "Honeyeater", "Hoopoe", "Hornbill",
    "Hummingbird", "Ibis", "Jabiru", "Jacana", "Jackdaw", "Junco", "Kea", "Kestrel", "Kingfisher", "Kinglet", "Kite",
    "Kittiwake", "Knot", "Kookaburra", "Lammergeier", "Lapwing", "Lark", "Limpkin", "Linnet", "Longspur", "Lorikeet",
    "Lyrebird", "Macaw", "Magpie", "Mallard", "Marabou", "Meadowlark", "Merganser", "Merlin", "Minivet", "Mockingbird",
    "Moorhen", "Motmot", "Mousebird", "Myna", "Nightingale", "Nightjar", "Nutcracker", "Nuthatch", "Oriole", "Osprey",
    "Ouzel", "Ovenbird", "Owl", "Oystercatcher", "Parakeet", "Partridge", "Pelican", "Peregrine", "Petrel", "Phalarope",
    "Pheasant", "Pintail", "Pipit", "Pitta", "Plover", "Pochard", "Pratincole", "Ptarmigan", "Puffin", "Quail",
    "Quetzal", "Raven", "Razorbill", "Redpoll", "Redshank", "Redstart", "Redwing", "Roller", "Rosefinch", "Ruff",
    "Sanderling", "Sandpiper", "Scoter", "Seedeater", "Serin", "Shearwater", "Shelduck", "Shoveler", "Shrike", "Siskin",
    "Skimmer", "Skua", "Skylark", "Smew", "Snipe", "Sparrow", "Spoonbill", "Starling", "Stilt", "Stint", "Stonechat",
    "Stork", "Sunbird", "Swallow", "Swan", "Swift", "Tanager", "Teal", "Tern", "Thrasher", "Thrush", "Toucan", "Towhee",
    "Treepie", "Trogon", "Turaco", "Turnstone", "Twite", "Verdin", "Vireo", "Wagtail", "Warbler", "Waxbill", "Waxwing",
    "Weaver", "Wheatear", "Whimbrel", "Whinchat", "Whitethroat", "Wigeon", "Woodlark", "Woodpecker", "Wren", "Wryneck",
    "Yellowhammer",
)  # fmt: skip
"""Proper nouns of the product, the same in every language. None is also a first name in wide use or a word of abuse."""

Taken = Callable[[Collection[str]], Collection[str]]
"""Tells which of some names are taken already."""


def free_names(taken: Taken, already: int = 0) -> Iterator[str]:
    """Code names that are not taken, without end: first each bird, then each with a 2, then with a 3 …

    Within a round their order is random, so that a name does not tell who came first. `already` is how many names are
    in use: full rounds are passed over without asking for them one by one.
    """
    number = already // len(BIRDS) + 1
    while True:
        names = [bird if number == 1 else f"{bird} {number}" for bird in BIRDS]
        used = set(taken(names))
        free = [name for name in names if name not in used]
        random.SystemRandom().shuffle(free)
        yield from free
        number += 1
