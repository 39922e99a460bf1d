/**
 * Tells the server what was played: every few seconds, at each pause, and when the page goes away. What could not be
 * told is kept and told again, so that a lost line costs nothing.
 */

import { merge } from "./spans.js";

/** @typedef {import("./spans.js").Span} Span */
/** @typedef {{share: number, is_enough: boolean, spans: Span[]}} Coverage  What the server believes: share from 0 to 1. */

const EVERY_MS = 4000;
/** A report stays small, also after minutes without a line. */
const MOST_SPANS = 100;

export class Reporter {
  /** @type {Span[]} */
  #untold = [];
  #busy = false;
  #opened = false;
  #timer = 0;

  /**
   * @param {import("./meter.js").PlayedMeter} meter
   * @param {{opened_url: string, played_url: string, csrf_token: string}} config
   * @param {(coverage: Coverage) => void} onCoverage
   */
  constructor(meter, config, onCoverage) {
    this.meter = meter;
    this.config = config;
    this.onCoverage = onCoverage;
  }

  start() {
    void this.#open();
    this.#timer = setInterval(() => void this.tell(), EVERY_MS);
    this.meter.media.addEventListener("pause", this.#now);
    this.meter.media.addEventListener("ended", this.#now);
    document.addEventListener("visibilitychange", this.#hidden);
    addEventListener("pagehide", this.#leaving);
  }

  stop() {
    clearInterval(this.#timer);
    this.#leaving();
    document.removeEventListener("visibilitychange", this.#hidden);
    removeEventListener("pagehide", this.#leaving);
  }

  async tell() {
    this.#collect();
    if (this.#busy || !this.#untold.length) return;
    if (!this.#opened && !(await this.#open())) return;
    this.#busy = true;
    const spans = this.#untold.splice(0, MOST_SPANS);
    const coverage = await this.#post(this.config.played_url, { spans });
    this.#busy = false;
    if (coverage) this.onCoverage(coverage);
    else this.#untold.unshift(...spans);
  }

  #now = () => void this.tell();
  #hidden = () => {
    if (document.visibilityState === "hidden") this.#leaving();
  };
  #leaving = () => {
    this.#collect();
    if (!this.#untold.length || !this.#opened) return;
    const spans = this.#untold.splice(0, MOST_SPANS);
    void this.#post(this.config.played_url, { spans }, true).then((coverage) => {
      if (coverage) this.onCoverage(coverage);
      else this.#untold.unshift(...spans);
    });
  };

  #collect() {
    this.#untold.push(...this.meter.take());
    if (this.#untold.length > MOST_SPANS) this.#untold = merge(this.#untold);
  }

  async #open() {
    const coverage = await this.#post(this.config.opened_url, {});
    if (coverage) {
      this.#opened = true;
      this.onCoverage(coverage);
    }
    return this.#opened;
  }

  /**
   * @param {string} url
   * @param {object} body
   * @param {boolean} [keepalive]  let it finish after the page is gone
   * @returns {Promise<Coverage | null>}
   */
  async #post(url, body, keepalive = false) {
    try {
      const answer = await fetch(url, {
        method: "POST",
        headers: { "Content-Type": "application/json", "X-CSRFToken": this.config.csrf_token },
        body: JSON.stringify(body),
        redirect: "error",
        keepalive,
      });
      return answer.ok ? await answer.json() : null;
    } catch {
      return null;
    }
  }
}
