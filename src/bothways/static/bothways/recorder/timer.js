/** The time of an answer: a clock that can pause, and the marks on it. */

/** @typedef {import("./types.js").Limits} Limits */

/** No answer runs longer, even without a limit. */
const CEILING_S = 30 * 60;

/**
 * @param {{answer_limit_s: number | null, notice_s: number, grace_s: number}} config
 * @returns {Limits}
 */
export function limitsOf(config) {
  const limit_s = config.answer_limit_s ?? CEILING_S;
  return {
    limit_ms: limit_s * 1000,
    // A notice in the first half of a short answer would only hurry.
    notice_ms: Math.min(config.notice_s, limit_s / 2) * 1000,
    grace_ms: config.grace_s * 1000,
  };
}

/**
 * @param {number} elapsed_ms
 * @param {Limits} limits
 * @returns {import("./types.js").Mark}
 */
export function markAt(elapsed_ms, { limit_ms, notice_ms, grace_ms }) {
  if (elapsed_ms >= limit_ms + grace_ms) return "over";
  if (elapsed_ms >= limit_ms) return "grace";
  if (elapsed_ms >= limit_ms - notice_ms) return "notice";
  return elapsed_ms * 2 >= limit_ms ? "half" : "plenty";
}

/** Counts the milliseconds that were really recorded. */
export class Clock {
  /**
   * @param {number} [from_ms]  counted before
   * @param {() => number} [now]  milliseconds that never jump
   */
  constructor(from_ms = 0, now = () => performance.now()) {
    this.#gathered = from_ms;
    this.#now = now;
  }

  #now;
  #gathered;
  /** @type {number | null} */
  #since = null;

  run() {
    this.#since ??= this.#now();
  }

  pause() {
    this.#gathered = this.elapsed_ms;
    this.#since = null;
  }

  get elapsed_ms() {
    return Math.round(this.#gathered + (this.#since === null ? 0 : this.#now() - this.#since));
  }
}

/**
 * Minutes and seconds, as on a clock: 0:48.
 *
 * @param {number} ms
 */
export function clockText(ms) {
  const seconds = Math.floor(ms / 1000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}
