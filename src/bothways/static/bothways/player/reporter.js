/**
 * Tells the server what was played: every few seconds, at each pause, and when the page goes away. What it does not know
 * yet is told again the next time, so that a lost line, or a report that came too late to be believed, costs nothing.
 */

import { without } from "./spans.js";

/** @typedef {import("./spans.js").Span} Span */
/** @typedef {{share: number, is_enough: boolean, spans: Span[]}} Coverage  What the server believes: share from 0 to 1. */
/**
 * @typedef {object} Meter
 * @property {EventTarget} media
 * @property {() => Span[]} played  everything since the page came up, sorted and apart
 */

const EVERY_MS = 4000;
/** A report stays small, also after minutes without a line. */
const MOST_SPANS = 100;

export class Reporter {
  /** @type {Span[]} */
  #believed;
  #busy = false;
  /** @type {Promise<boolean> | null} */
  #opening = null;
  #opened = false;
  #timer = 0;

  /**
   * @param {Meter} meter
   * @param {{coverage: Coverage, opened_url: string, played_url: string, csrf_token: string}} config
   * @param {(coverage: Coverage) => void} onCoverage
   */
  constructor(meter, config, onCoverage) {
    this.meter = meter;
    this.config = config;
    this.onCoverage = onCoverage;
    this.#believed = config.coverage.spans;
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
    if (this.#busy || !this.#owed().length) return;
    this.#busy = true;
    if (this.#opened || (await this.#open())) {
      const coverage = await this.#post(this.config.played_url, { spans: this.#owed() });
      if (coverage) this.#learn(coverage);
    }
    this.#busy = false;
  }

  #now = () => void this.tell();
  #hidden = () => {
    if (document.visibilityState === "hidden") this.#leaving();
  };
  #leaving = () => {
    const spans = this.#owed();
    if (!spans.length || !this.#opened) return;
    void this.#post(this.config.played_url, { spans }, true).then((coverage) => coverage && this.#learn(coverage));
  };

  /** What was played and the server does not know of. */
  #owed() {
    return without(this.meter.played(), this.#believed).slice(0, MOST_SPANS);
  }

  /** @param {Coverage} coverage */
  #learn(coverage) {
    this.#believed = coverage.spans;
    this.onCoverage(coverage);
  }

  /** Once a page: what is played counts from then on, so a second time would take away what was played meanwhile. */
  async #open() {
    this.#opening ??= this.#post(this.config.opened_url, {}).then((coverage) => {
      if (coverage) this.#learn(coverage);
      return coverage !== null;
    });
    this.#opened = await this.#opening;
    if (!this.#opened) this.#opening = null;
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
