/**
 * The device check's states, as a pure function.
 *
 * asking → opening → seeing → trying (3 seconds) → tried
 *             ↓         ↑_______________________|
 *          blocked
 */

/** @typedef {import("./types.js").Kind} Kind */
/** @typedef {import("./types.js").Heard} Heard */
/** @typedef {import("./types.js").Trouble} Trouble */

/**
 * @typedef {object} CheckState
 * @property {"asking" | "opening" | "seeing" | "trying" | "tried" | "blocked"} phase
 * @property {Kind} kind
 * @property {Trouble | null} trouble
 * @property {Heard} heard
 * @property {boolean} picture  show one's own picture while recording
 * @property {boolean} clean_sound
 * @property {boolean} wrong  the person says that something is wrong
 * @property {boolean} unheard  the try brought nothing that can be played
 * @property {"good" | "slow" | null} line  what the way to the server carries; null: not known
 *
 * @typedef {{type: "open", kind: Kind} | {type: "opened"} | {type: "blocked", trouble: Trouble} | {type: "try"}
 *   | {type: "tried", playable: boolean} | {type: "heard", heard: Heard} | {type: "wrong"}
 *   | {type: "line", line: "good" | "slow"} | {type: "set", picture?: boolean, clean_sound?: boolean}} CheckEvent
 */

/**
 * @param {CheckState} state
 * @param {CheckEvent} event
 * @returns {CheckState}
 */
export function stepCheck(state, event) {
  const { phase } = state;
  switch (event.type) {
    case "open":
      return phase === "trying" ? state : { ...state, phase: "opening", kind: event.kind, trouble: null, heard: null };
    case "opened":
      return phase === "opening" ? { ...state, phase: "seeing" } : state;
    case "blocked":
      return { ...state, phase: "blocked", trouble: event.trouble };
    case "try":
      return phase === "seeing" || phase === "tried" ? { ...state, phase: "trying", unheard: false } : state;
    case "tried":
      if (phase !== "trying") return state;
      return { ...state, phase: event.playable ? "tried" : "seeing", unheard: !event.playable };
    case "heard":
      return { ...state, heard: event.heard };
    case "wrong":
      return { ...state, wrong: true };
    case "line":
      return { ...state, line: event.line };
    case "set":
      return { ...state, picture: event.picture ?? state.picture, clean_sound: event.clean_sound ?? state.clean_sound };
  }
}
