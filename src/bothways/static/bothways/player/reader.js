/**
 * <bw-reader>: an answer to read. Measures how long it stood on the screen and tells the server as a player does, in
 * stretches of its reading time from 0 on.
 *
 * Inside: a JSON block (Config below), and the parts by `data-part`: paper, share.
 *
 * @typedef {object} Config
 * @property {number} reading_ms
 * @property {number} [speed]  milliseconds of it that are read in one; of a spoken answer it is as long as the recording
 * @property {boolean} by_time  else files count, as they are opened
 * @property {import("./reporter.js").Coverage} coverage
 * @property {string} opened_url
 * @property {string} played_url
 * @property {string} csrf_token
 */

import { readStrings } from "../recorder/strings.js";
import { Reporter } from "./reporter.js";
import { ScreenMeter } from "./screen_meter.js";

const ASK_AFTER_MS = 1500;

class Reader extends HTMLElement {
  /** @type {Reporter | undefined} */
  #reporter;
  /** @type {ScreenMeter | undefined} */
  #meter;
  /** @type {IntersectionObserver | undefined} */
  #watch;
  #onScreen = true;

  connectedCallback() {
    /** @type {Config} */
    const config = JSON.parse(this.querySelector("script[type='application/json']")?.textContent ?? "{}");
    const words = readStrings(document);
    const share = /** @type {HTMLElement} */ (this.querySelector("[data-part=share]"));
    const paper = /** @type {HTMLElement} */ (this.querySelector("[data-part=paper]"));
    for (const hidden of this.querySelectorAll("[data-needs-script]")) hidden.removeAttribute("hidden");
    const meter = new ScreenMeter(total(config.coverage.spans), config.reading_ms, config.speed ?? 1);
    /** @param {import("./reporter.js").Coverage} coverage */
    const tell = (coverage) => {
      const told = words(coverage.is_enough ? "read_enough" : "read", { share: Math.floor(coverage.share * 100) });
      if (share.textContent !== told) share.textContent = told;
    };
    tell(config.coverage);
    if (!config.by_time) return this.#byFile(config, tell);
    this.#meter = meter;
    this.#reporter = new Reporter(meter, config, tell);
    this.#watch = new IntersectionObserver(([entry]) => {
      this.#onScreen = entry?.isIntersecting ?? true;
      this.#look();
    });
    this.#watch.observe(paper);
    document.addEventListener("visibilitychange", this.#look);
    this.#look();
    this.#reporter.start();
  }

  disconnectedCallback() {
    this.#watch?.disconnect();
    document.removeEventListener("visibilitychange", this.#look);
    this.#reporter?.stop();
  }

  /**
   * @param {Config} config
   * @param {(coverage: import("./reporter.js").Coverage) => void} tell
   */
  #byFile(config, tell) {
    for (const link of this.querySelectorAll("a[download]")) {
      // The server counts while it sends the file; a moment later it can be asked.
      link.addEventListener("click", () => setTimeout(() => void this.#ask(config, tell), ASK_AFTER_MS));
    }
  }

  /**
   * @param {Config} config
   * @param {(coverage: import("./reporter.js").Coverage) => void} tell
   */
  async #ask(config, tell) {
    try {
      const headers = { "X-CSRFToken": config.csrf_token };
      const answer = await fetch(config.opened_url, { method: "POST", headers, redirect: "error" });
      if (answer.ok) tell(await answer.json());
    } catch {
      // The figure is old until the page is loaded again; what the server counted stays.
    }
  }

  #look = () => this.#meter?.show(this.#onScreen && document.visibilityState === "visible");
}

/** @param {import("./spans.js").Span[]} spans */
function total(spans) {
  return spans.reduce((sum, [start, end]) => sum + end - start, 0);
}

customElements.define("bw-reader", Reader);
