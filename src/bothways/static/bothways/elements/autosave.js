/**
 * Keeps what is written at each keystroke: on this device at once, on the server half a second later. Says "saved" only
 * when the server has said so. What has no answer yet survives a closed tab and goes up when the line is back.
 */

/** @typedef {Record<string, unknown>} Draft  what JSON can hold */
/** @typedef {"saved" | "saving" | "unsaved" | "stopped" | "overtaken"} State */
/**
 * @typedef {object} Saved  What the server says.
 * @property {number} revision
 */
/** @typedef {{draft: Draft, revision: number}} Kept */

const PAUSE_MS = 400;
const RETRY_MS = [1000, 2000, 5000, 10_000];

export class Autosave {
  /** @type {Draft | null} */
  #waiting = null;
  /** @type {Promise<void> | null} */
  #busy = null;
  #failures = 0;
  #timer = 0;
  /** Two devices disagree: nothing is sent until the person has chosen. */
  #undecided = false;

  /**
   * @param {object} options
   * @param {string} options.url
   * @param {string} options.csrf_token
   * @param {string} options.key  of the draft in localStorage
   * @param {number} options.revision  of what the form started from
   * @param {(state: State, words: string, current: Draft | null) => void} options.onState
   */
  constructor({ url, csrf_token, key, revision, onState }) {
    this.url = url;
    this.token = csrf_token;
    this.key = key;
    this.revision = revision;
    this.onState = onState;
    addEventListener("online", () => void this.flush());
    addEventListener("pagehide", () => this.#leave());
  }

  /** What an earlier page could not bring to the server. @returns {Kept | null} */
  kept() {
    try {
      return JSON.parse(localStorage.getItem(this.key) ?? "null");
    } catch {
      return null;
    }
  }

  /**
   * @param {Draft} draft
   * @param {number} [pause]
   */
  change(draft, pause = PAUSE_MS) {
    this.#waiting = draft;
    this.#keep(draft);
    if (this.#undecided) return;
    this.onState("saving", "", null);
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.flush(), pause);
  }

  get isSaved() {
    return !this.#waiting && !this.#busy;
  }

  /** Bring everything up now. True when the server has it all. */
  async flush() {
    clearTimeout(this.#timer);
    while (this.#busy) await this.#busy;
    if (!this.#waiting) return true;
    if (this.#undecided) return false;
    this.#busy = this.#send(this.#waiting);
    await this.#busy;
    return this.isSaved;
  }

  /** The person has chosen between two devices: their own words go up, or are forgotten. @param {boolean} mine */
  async decide(mine) {
    this.#undecided = false;
    if (mine) return this.flush();
    this.#waiting = null;
    this.#forget();
    this.onState("saved", "", null);
    return true;
  }

  /** @param {Draft} draft */
  async #send(draft) {
    this.#waiting = null;
    const answer = await this.#post(draft, false);
    this.#busy = null;
    if (answer?.ok) return this.#acknowledged(await answer.json());
    this.#waiting ??= draft;
    if (answer?.status === 409) return this.#overtaken(await answer.json());
    if (answer && answer.status < 500 && answer.status !== 429) {
      return this.onState("stopped", await wordsOf(answer), null);
    }
    this.onState("unsaved", "", null);
    const wait = RETRY_MS[Math.min(this.#failures++, RETRY_MS.length - 1)] ?? 0;
    this.#timer = setTimeout(() => void this.flush(), wait);
  }

  /** @param {Saved} saved */
  #acknowledged(saved) {
    this.#failures = 0;
    this.revision = saved.revision;
    if (this.#waiting) {
      this.#keep(this.#waiting);
      this.#timer = setTimeout(() => void this.flush(), PAUSE_MS);
      return;
    }
    this.#forget();
    this.onState("saved", "", null);
  }

  /** @param {{error: {words: string}, current: Draft & Saved}} answer */
  #overtaken({ error, current }) {
    if (!current) return this.onState("stopped", error.words, null);
    this.revision = current.revision;
    this.#undecided = true;
    this.onState("overtaken", error.words, current);
  }

  #leave() {
    if (this.#waiting && !this.#undecided) void this.#post(this.#waiting, true);
  }

  /**
   * @param {Draft} draft
   * @param {boolean} keepalive
   */
  async #post(draft, keepalive) {
    try {
      return await fetch(this.url, {
        method: "POST",
        headers: { "Content-Type": "application/json", "X-CSRFToken": this.token },
        body: JSON.stringify({ ...draft, revision: this.revision }),
        redirect: "manual",
        keepalive,
      });
    } catch {
      return null;
    }
  }

  #forget() {
    try {
      localStorage.removeItem(this.key);
    } catch {
      // What could not be kept need not be forgotten.
    }
  }

  /** @param {Draft} draft */
  #keep(draft) {
    try {
      localStorage.setItem(this.key, JSON.stringify({ draft, revision: this.revision }));
    } catch {
      // No room, or no permission: the server is asked all the same.
    }
  }
}

/** @param {Response} answer */
async function wordsOf(answer) {
  try {
    return (await answer.json()).error.words;
  } catch {
    // Somebody who is signed out is sent to the sign-in page, which is no JSON.
    return "";
  }
}
