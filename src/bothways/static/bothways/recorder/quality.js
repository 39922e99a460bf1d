/** How large a picture is sent. Pure: what a line can carry, and whether it falls behind. */

/**
 * @typedef {object} Step
 * @property {string} name
 * @property {number} width  of the picture, lying; 0: no picture
 * @property {number} height
 * @property {number} frames  per second
 * @property {number} video  bits per second
 * @property {number} audio  bits per second
 */

/** From the best down. 1.2 Mbit/s of 720p is about 10 MB a minute, a voice alone a quarter of one. */
const STEPS = /** @type {const} */ ([
  { name: "720p", width: 1280, height: 720, frames: 30, video: 1_200_000, audio: 64_000 },
  { name: "480p", width: 854, height: 480, frames: 30, video: 600_000, audio: 64_000 },
  { name: "360p", width: 640, height: 360, frames: 15, video: 160_000, audio: 32_000 },
  { name: "voice", width: 0, height: 0, frames: 0, video: 0, audio: 32_000 },
]);

export const BEST = 0;
export const SMALLEST_PICTURE = 2;
const VOICE = 3;

/**
 * @param {number} number  0 is the best
 * @returns {Step}
 */
export const stepOf = (number) => STEPS[number] ?? STEPS[BEST];

/**
 * The best step that a line carries with some air, and never less than a picture: that is left to the answer itself.
 *
 * @param {number | null} bits_per_s  null: not known
 */
export function stepFor(bits_per_s) {
  if (bits_per_s === null) return BEST;
  const carried = STEPS.findIndex((step) => (step.video + step.audio) * 1.2 <= bits_per_s);
  return carried < 0 ? SMALLEST_PICTURE : Math.min(carried, SMALLEST_PICTURE);
}

/**
 * One step down at least. Signing needs a picture, so it ends at the smallest one.
 *
 * @param {number} step
 * @param {number | null} bits_per_s
 * @param {import("./types.js").Mode} mode
 */
export function stepBelow(step, bits_per_s, mode) {
  return Math.min(mode === "sign" ? SMALLEST_PICTURE : VOICE, Math.max(step + 1, stepFor(bits_per_s)));
}

const WATCHED_MS = 10_000;
const BEHIND_MS = 10_000;
const GROWN_MS = 3000;

/** Watches how far the server is behind the recording. Far behind but catching up is fine. */
export class Pace {
  /** @type {{at_ms: number, behind_ms: number}[]} */
  #seen = [];

  /**
   * @param {number} at_ms  recorded time
   * @param {number} behind_ms  of it not on the server
   * @returns {boolean} whether less should be sent
   */
  fallsBehind(at_ms, behind_ms) {
    this.#seen = [...this.#seen.filter((seen) => at_ms - seen.at_ms <= WATCHED_MS), { at_ms, behind_ms }];
    const [first] = this.#seen;
    return behind_ms >= BEHIND_MS && first !== undefined && behind_ms - first.behind_ms >= GROWN_MS;
  }

  /** After a step, or while the line is down, nothing can be told from what was before. */
  forget() {
    this.#seen = [];
  }
}
