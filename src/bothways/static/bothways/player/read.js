/**
 * <bw-read>: the text of a spoken answer, where reading counts as watching. Measures how long the text beside the player
 * stood on the screen while nothing played, and tells the server so in stretches of the recording, from its beginning on.
 *
 * Inside: a JSON block (Config below), and words that say that it counts.
 *
 * @typedef {object} Config
 * @property {number} reading_ms  how long the recording is
 * @property {number} speed  milliseconds of the recording that are read in one
 * @property {import("./reporter.js").Coverage} coverage
 * @property {string} opened_url
 * @property {string} played_url
 * @property {string} csrf_token
 */

import { Reporter } from "./reporter.js";
import { ScreenMeter } from "./screen_meter.js";

/** @typedef {import("./player.js").Player} Player */

class Read extends HTMLElement {
  #onScreen = false;
  #gone = new AbortController();
  /** @type {Reporter | undefined} */
  #reporter;
  /** @type {ScreenMeter | undefined} */
  #meter;
  /** @type {IntersectionObserver | undefined} */
  #watch;

  connectedCallback() {
    /** @type {Config} */
    const config = JSON.parse(this.querySelector("script[type='application/json']")?.textContent ?? "{}");
    const text = this.parentElement?.querySelector(".transcript");
    const player = /** @type {Player | null} */ (document.querySelector("bw-player"));
    if (!text) return;
    this.hidden = false;
    this.#meter = new ScreenMeter(config.coverage.spans[0]?.[1] ?? 0, config.reading_ms, config.speed);
    this.#reporter = new Reporter(this.#meter, config, (coverage) => player?.showShare(coverage));
    this.#watch = new IntersectionObserver(([entry]) => {
      this.#onScreen = entry?.isIntersecting ?? false;
      this.#look();
    });
    this.#watch.observe(text);
    const { signal } = this.#gone;
    document.addEventListener("visibilitychange", this.#look, { signal });
    // Media events do not bubble, but they can be caught on their way down.
    for (const name of ["play", "pause", "ended"]) document.addEventListener(name, this.#look, { signal, capture: true });
    this.#reporter.start();
  }

  disconnectedCallback() {
    this.#gone.abort();
    this.#watch?.disconnect();
    this.#reporter?.stop();
  }

  #look = () => {
    const media = /** @type {HTMLMediaElement[]} */ ([...document.querySelectorAll("video, audio")]);
    const playing = media.some((one) => !one.paused && !one.ended);
    this.#meter?.show(this.#onScreen && !playing && document.visibilityState === "visible");
  };
}

customElements.define("bw-read", Read);
