/** What a screen reader says once when something happens in the room. Pure. */

/** @typedef {import("./state.js").RoomState} RoomState */
/** @typedef {import("../recorder/strings.js").Words} Words */

/**
 * @param {Record<string, any>} message
 * @param {RoomState} before
 * @param {RoomState} after
 * @param {Words} words
 * @returns {string | null}
 */
export function announcement(message, before, after, words) {
  const nameOf = (/** @type {string} */ id) => [...before.people, ...before.knocking].find((one) => one.id === id)?.name;
  switch (message.type) {
    case "waiting":
      return after.hosts.length === before.hosts.length ? null : words("say_hosts", { names: after.hosts.map(({ name }) => name).join(", ") });
    case "welcome":
      return message.resumed ? words("say_back") : words("say_in", { names: after.people.map(({ name }) => name).join(", ") });
    case "join":
      return nameOf(message.person.id) && !before.knocking.some(({ id }) => id === message.person.id)
        ? null
        : words("say_joined", { name: message.person.name });
    case "leave": {
      const name = nameOf(message.id);
      return name ? words("say_left", { name }) : null;
    }
    case "knock":
      return words("knocks", { name: message.participant.name });
    case "captions": {
      const was = before.people.find(({ id }) => id === message.from)?.reads;
      return message.reads && was === false ? words("say_captions", { name: nameOf(message.from) ?? "" }) : null;
    }
    case "recording":
      if (Boolean(before.recording) === Boolean(after.recording)) return null;
      return words(after.recording ? "say_recording" : "say_recording_stopped");
    case "wish":
      return message.on ? words("say_wish") : null;
    case "ask":
      return after.asked ? words("say_asked", { text: after.asked.text }) : null;
    case "chat":
      return message.from === after.you ? null : words("say_wrote", { name: message.name, text: message.text });
    default:
      return null;
  }
}
