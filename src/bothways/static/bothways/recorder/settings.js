/** How the person likes to answer: as the server remembers it, and on pages without its settings as this device does. */

import { readPrefs } from "./prefs.js";

/** @typedef {import("./types.js").Settings} Settings */

/** Writing has a page of its own; here the camera is offered instead. @type {ReadonlySet<unknown>} */
const MODES = new Set(["video", "audio", "sign"]);

/**
 * @param {{settings?: Partial<Settings>}} config
 * @returns {Settings}
 */
export function settingsOf({ settings }) {
  const { mode, picture, timer } = { ...readPrefs(), ...settings };
  return { mode: MODES.has(mode) ? mode : "video", picture, timer, answer_time: settings?.answer_time ?? "as_set" };
}
