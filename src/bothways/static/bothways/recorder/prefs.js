/** What this person has set on this device, and what the device has shown of itself. Kept in the browser, never sent. */

/**
 * @typedef {object} Prefs
 * @property {import("./types.js").Mode} mode  this and the next two: only where the page brings no settings of the server
 * @property {import("./types.js").Settings["picture"]} picture
 * @property {import("./types.js").Settings["timer"]} timer
 * @property {string} camera  device id, "" for the browser's choice
 * @property {string} microphone
 * @property {boolean} clean_sound  the browser removes noise and evens out the level
 * @property {Record<string, {n: number, until: number}>} blamed  types that failed here
 * @property {{bits_per_s: number, at: number} | null} uplink  what the line carried last
 */

const NAME = "bothways.recorder";

/** @type {Prefs} */
const UNSET = {
  mode: "video",
  picture: "auto",
  timer: "bar",
  camera: "",
  microphone: "",
  clean_sound: true,
  blamed: {},
  uplink: null,
};

/** @returns {Prefs} */
export function readPrefs() {
  try {
    return { ...UNSET, ...JSON.parse(localStorage.getItem(NAME) ?? "{}") };
  } catch {
    return { ...UNSET };
  }
}

/** @param {Partial<Prefs>} changes */
export function writePrefs(changes) {
  try {
    localStorage.setItem(NAME, JSON.stringify({ ...readPrefs(), ...changes }));
  } catch {
    // Storage is closed to this page: the wish holds until the page is left.
  }
}
