/** What is known of the room, as a pure function: states and messages in, states out. */

/** @typedef {import("./types.js").Person} Person */
/** @typedef {import("./types.js").Knocking} Knocking */
/** @typedef {import("./types.js").Asked} Asked */

/**
 * @typedef {object} RoomState
 * @property {string} you
 * @property {Person[]} people  the others, in the order in which they came
 * @property {Knocking[]} knocking
 * @property {{name: string, title: string}[]} hosts  who is inside, as the waiting room is told
 * @property {boolean} agreed  we let ourselves be recorded
 * @property {boolean} reads  we have captions on
 * @property {boolean} captioned  our own words may stand in captions
 * @property {{period: string, started_ms: number} | null} recording
 * @property {string} why_stopped
 * @property {boolean} wish  a host wants to record
 * @property {Asked | null} asked
 * @property {number} ends_ms
 */

/** @type {RoomState} */
export const NOTHING = {
  you: "",
  people: [],
  knocking: [],
  hosts: [],
  agreed: false,
  reads: false,
  captioned: true,
  recording: null,
  why_stopped: "",
  wish: false,
  asked: null,
  ends_ms: 0,
};

/**
 * @param {RoomState} state
 * @param {Record<string, any>} message  as the socket brings it
 * @returns {RoomState}
 */
export function step(state, message) {
  switch (message.type) {
    case "waiting":
      return { ...state, you: message.you.id, hosts: message.hosts };
    case "welcome":
      return welcomed(message);
    case "join":
      return {
        ...state,
        people: [...without(state.people, message.person.id), message.person],
        knocking: without(state.knocking, message.person.id),
      };
    case "leave":
      return { ...state, people: without(state.people, message.id), knocking: without(state.knocking, message.id) };
    case "knock":
      return { ...state, knocking: [...without(state.knocking, message.participant.id), message.participant] };
    case "media":
      return changed(state, message.from, (person) => ({ ...person, media: { ...person.media, ...sentBy(message) } }));
    case "consent":
      if (message.from === state.you) return { ...state, agreed: message.yes };
      return changed(state, message.from, (person) => ({ ...person, consent: message.yes }));
    case "captions": {
      const { from, reads, captioned } = message;
      if (from === state.you) return { ...state, reads, captioned };
      return changed(state, from, (person) => ({ ...person, reads, captioned }));
    }
    case "recording":
      return recorded(state, message);
    case "wish":
      return { ...state, wish: message.on };
    case "ask":
      return { ...state, asked: message.question ? /** @type {Asked} */ (message) : null };
    default:
      return state;
  }
}

/** @param {Record<string, any>} message @returns {RoomState} */
function welcomed({ you, people, recording, asks_to_record, asked, ends_ms }) {
  const state = {
    ...NOTHING,
    you: you.id,
    people: people.filter((/** @type {Person} */ person) => person.id !== you.id),
    agreed: Boolean(you.consent),
    reads: Boolean(you.reads),
    captioned: you.captioned !== false,
    wish: asks_to_record,
    asked,
    ends_ms,
  };
  return recorded(state, recording ?? {});
}

/** @param {RoomState} state @param {Record<string, any>} told @returns {RoomState} */
function recorded(state, told) {
  const recording = told.period ? { period: told.period, started_ms: told.started_ms } : null;
  return { ...state, recording, why_stopped: recording ? "" : (told.why ?? "") };
}

/** @param {Record<string, any>} message */
function sentBy({ camera, microphone, screen, quality }) {
  const told = { camera, microphone, screen, quality };
  return Object.fromEntries(Object.entries(told).filter(([, value]) => value !== undefined));
}

/**
 * @param {RoomState} state
 * @param {string} id
 * @param {(person: Person) => any} change
 */
const changed = (state, id, change) => ({
  ...state,
  people: state.people.map((person) => (person.id === id ? change(person) : person)),
});

/**
 * @template {{id: string}} T
 * @param {T[]} list
 * @param {string} id
 */
const without = (list, id) => list.filter((one) => one.id !== id);
