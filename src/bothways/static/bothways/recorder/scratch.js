/** A recording that never leaves the page: for the check and for practice. */

/** @typedef {import("./types.js").Sink} Sink */

/** @implements {Sink} */
export class Scratch {
  /** @type {Blob[]} */
  #parts = [];
  #mime = "";

  kept_in_memory = false;

  /** @param {string} mime */
  segment(mime) {
    this.#mime = mime;
    return { add: (/** @type {Blob} */ part) => void this.#parts.push(part), close: () => {} };
  }

  fault() {}

  async abandon() {
    return null;
  }

  /**
   * @param {number} duration_ms
   * @returns {Promise<import("./types.js").TakeState>}
   */
  async end(duration_ms) {
    const mime = this.#parts[0]?.type || this.#mime;
    const whole = new Blob(this.#parts, { type: mime });
    const take = { take: "practice", number: 1, offset: whole.size, bytes: whole.size, duration_ms, chosen: false };
    if (!whole.size) return { ...take, state: "failed", playback: null, failure: null };
    const playback = { url: URL.createObjectURL(whole), mime, poster: null };
    return { ...take, state: "ready", playback, failure: null };
  }
}
