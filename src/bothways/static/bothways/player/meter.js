/**
 * What was really played of a recording, at any speed, as the browser itself keeps account of it (`media.played`). Time
 * that is skipped, paused or waited for the network is not in it, and a browser that is short of breath loses none.
 */

import { merge } from "./spans.js";

/** @typedef {import("./spans.js").Span} Span */

/** A browser and our server may count the end of a recording so far apart. In milliseconds. */
const END_MS = 1000;

export class PlayedMeter {
  /** @type {Span[]} */
  #played = [];

  /**
   * @param {HTMLMediaElement} media
   * @param {number} lengthMs  as the server counted it
   */
  constructor(media, lengthMs) {
    this.media = media;
    this.lengthMs = lengthMs;
    media.addEventListener("timeupdate", () => this.mark());
    media.addEventListener("ended", () => this.#ended());
  }

  /** Take note of what was played: the browser's own account begins anew with each file. */
  mark() {
    const { played } = this.media;
    /** @type {Span[]} */
    const spans = [];
    for (let place = 0; place < played.length; place++) {
      spans.push([Math.floor(played.start(place) * 1000), Math.ceil(played.end(place) * 1000)]);
    }
    this.#keep(spans);
  }

  /** Everything that was played since the page came up, sorted and apart. */
  played() {
    this.mark();
    return this.#played;
  }

  #ended() {
    const end = Math.floor(this.media.currentTime * 1000);
    if (this.lengthMs - end <= END_MS) this.#keep([[end, this.lengthMs]]);
  }

  /** @param {Span[]} spans */
  #keep(spans) {
    const within = spans.map(([start, end]) => /** @type {Span} */ ([start, Math.min(end, this.lengthMs)]));
    this.#played = merge([...this.#played, ...within.filter(([start, end]) => end > start)]);
  }
}
