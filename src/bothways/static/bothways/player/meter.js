/**
 * Measures what was really played: from where playing began to where it stopped or jumped, at any speed.
 * Time that is skipped, paused or waited for the network is not in it.
 */

/** @typedef {import("./spans.js").Span} Span */

/** Beyond this, a step between two reports of the browser is a jump that it did not announce. In seconds of media. */
const LONGEST_STEP = 3;

export class PlayedMeter {
  /** @type {Span[]} */
  #played = [];
  /** @type {number | null} */
  #from = null;
  #to = 0;

  /** @param {HTMLMediaElement} media */
  constructor(media) {
    this.media = media;
    for (const name of ["playing", "timeupdate"]) media.addEventListener(name, () => this.mark());
    for (const name of ["pause", "waiting", "ended", "emptied"]) media.addEventListener(name, () => this.#stop());
    // By the time of "seeking" the browser is already elsewhere: only what was marked before counts.
    media.addEventListener("seeking", () => this.#close());
  }

  /** Take note of where we are. Called before each jump of our own, so that not even a quarter of a second is lost. */
  mark() {
    const { media } = this;
    if (media.seeking || media.paused) return;
    const now = media.currentTime;
    const step = now - this.#to;
    if (this.#from === null || step < 0 || step > LONGEST_STEP) {
      this.#close();
      this.#from = now;
    }
    this.#to = now;
  }

  /** What was played since the last call. */
  take() {
    this.mark();
    const open = this.#from;
    this.#close();
    if (open !== null && !this.media.paused) this.#from = this.#to;
    const played = this.#played;
    this.#played = [];
    return played;
  }

  #stop() {
    const { media } = this;
    if (this.#from !== null && !media.seeking && media.currentTime >= this.#to) this.#to = media.currentTime;
    this.#close();
  }

  #close() {
    if (this.#from !== null) {
      const start = Math.floor(this.#from * 1000);
      const end = Math.ceil(this.#to * 1000);
      if (end > start) this.#played.push([start, end]);
    }
    this.#from = null;
  }
}
