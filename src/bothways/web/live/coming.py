"""Coming through the door, and what follows for the recording whenever somebody comes or goes."""

from bothways.live.queries.people import person_of, present_in
from bothways.web.live import snapshots
from bothways.web.live.line import Line


async def come_in(line: Line) -> None:
    """From now on this line is one of the room: it knows everybody, and everybody knows it."""
    assert line.me
    line.me = await line.ask(person_of, line.me.id)
    await line.channel_layer.group_add(line.seat_group(line.me.id), line.channel_name)
    people = await line.ask(present_in, line.entry.room.id)
    others = [one for one in people if one.is_in and one.id != line.me.id]
    told = await line.ask(snapshots.welcome, line.entry, line.me, others)
    line.people = {str(one.id): one.as_json() for one in others}
    line.recording, line.caps = told["recording"], told["caps"]
    line.changes += 1
    await line.tell("welcome", **told, resumed=line.is_resumed)
    await line.to_room("room.joined", person=line.me.as_json(), is_resumed=line.is_resumed)
    for person in people:
        if not person.is_in:
            await line.tell_knock(person.as_json())
    await settle(line)


async def settle(line: Line) -> None:
    """Ask the rule of recording again, and let everybody know what it says."""
    await line.to_room("room.recording", state=await line.ask(snapshots.settled, line.entry))
