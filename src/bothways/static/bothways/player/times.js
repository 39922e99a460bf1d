/** Times as people read and hear them. */

/** @param {number} seconds */
export function clock(seconds) {
  const whole = Math.max(0, Math.round(seconds));
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}

/**
 * @param {number} seconds
 * @param {import("../recorder/strings.js").Words} words
 */
export function spoken(seconds, words) {
  const whole = Math.max(0, Math.round(seconds));
  return words("time", { minutes: Math.floor(whole / 60), seconds: whole % 60 });
}
