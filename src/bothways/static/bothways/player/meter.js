/**
 * What was really played of a recording, at any speed, as the browser itself keeps account of it (`media.played`). Time
 * that is skipped, paused or waited for the network is not in it, and a browser that is short of breath loses none.
 *
 * Off, nothing counts, though it plays: what runs along unheard beside another is not watched. The browser's account does
 * not tell whether such a stretch is played once more later, so within it alone steps count: from one report of where the
 * browser is to the next, never across a jump.
 */

import { merge, without } from "./spans.js";

/** @typedef {import("./spans.js").Span} Span */

/** A browser and our server may count the end of a recording so far apart. In milliseconds. */
const END_MS = 1000;
/** Beyond this, a step between two reports of the browser is a jump that it did not announce. In milliseconds of media. */
const LONGEST_STEP_MS = 3000;

export class PlayedMeter {
  /** @type {Span[]} */
  #played = [];
  /** What ran only while this was off. @type {Span[]} */
  #unheard = [];
  /** Where the last step ended; null behind a jump. @type {number | null} */
  #at = null;
  #off = false;

  /**
   * @param {HTMLMediaElement} media
   * @param {number} lengthMs  as the server counted it
   */
  constructor(media, lengthMs) {
    this.media = media;
    this.lengthMs = lengthMs;
    media.addEventListener("timeupdate", () => this.mark());
    media.addEventListener("ended", () => this.#ended());
    for (const name of ["seeking", "emptied"]) media.addEventListener(name, () => (this.#at = null));
  }

  get off() {
    return this.#off;
  }

  set off(off) {
    if (off === this.#off) return;
    if (off) this.mark();
    else this.#unheard = merge([...this.#unheard, ...without(this.#account(), this.#played)]);
    this.#at = null;
    this.#off = off;
  }

  /** Take note of what was played: the browser's own account begins anew with each file. */
  mark() {
    if (this.#off) return;
    this.#keep(without(this.#account(), this.#unheard));
    if (this.#unheard.length) this.#step();
  }

  /** Everything that was played since the page came up, sorted and apart. */
  played() {
    this.mark();
    return this.#played;
  }

  #account() {
    const { played } = this.media;
    /** @type {Span[]} */
    const spans = [];
    for (let place = 0; place < played.length; place++) {
      spans.push([Math.floor(played.start(place) * 1000), Math.ceil(played.end(place) * 1000)]);
    }
    return spans;
  }

  #step() {
    const { currentTime, seeking } = this.media;
    const from = this.#at;
    const now = Math.floor(currentTime * 1000);
    if (from !== null && !seeking && now - from <= LONGEST_STEP_MS) this.#keep([[from, now]]);
    this.#at = seeking ? null : now;
  }

  #ended() {
    if (this.#off) return;
    const end = Math.floor(this.media.currentTime * 1000);
    if (this.lengthMs - end <= END_MS) this.#keep([[end, this.lengthMs]]);
  }

  /** @param {Span[]} spans */
  #keep(spans) {
    const within = spans.map(([start, end]) => /** @type {Span} */ ([start, Math.min(end, this.lengthMs)]));
    this.#played = merge([...this.#played, ...within.filter(([start, end]) => end > start)]);
  }
}
