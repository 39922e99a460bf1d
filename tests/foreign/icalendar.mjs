// Reads iCalendar files (a JSON list on standard input) with Mozilla's parser; answers what a calendar would show.
import { readFileSync } from "node:fs";
import ICAL from "ical.js";

const answers = JSON.parse(readFileSync(0, "utf8")).map((file) => {
  const calendar = new ICAL.Component(ICAL.parse(file));
  for (const zone of calendar.getAllSubcomponents("vtimezone")) {
    ICAL.TimezoneService.register(new ICAL.Timezone(zone));
  }
  return {
    method: calendar.getFirstPropertyValue("method"),
    zones: calendar.getAllSubcomponents("vtimezone").map((zone) => zone.getFirstPropertyValue("tzid")),
    events: calendar.getAllSubcomponents("vevent").map((component) => {
      const event = new ICAL.Event(component);
      return {
        uid: event.uid,
        sequence: event.sequence,
        starts: event.startDate.toJSDate().toISOString(),
        ends: event.endDate.toJSDate().toISOString(),
        local: event.startDate.toString(),
        summary: event.summary,
        description: event.description,
        location: event.location,
        url: component.getFirstPropertyValue("url"),
        status: component.getFirstPropertyValue("status"),
        organizer: event.organizer,
        attendees: event.attendees.map((one) => [one.getFirstValue(), one.getParameter("cn"), one.getParameter("rsvp")]),
      };
    }),
  };
});
process.stdout.write(JSON.stringify(answers));
