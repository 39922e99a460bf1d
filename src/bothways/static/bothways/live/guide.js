/** The questions beside the talk: which one is asked, since when, and the own rating of each. Hosts only. */

import { Card } from "./card.js";
import { clock, part } from "./parts.js";

/** @typedef {import("./types.js").Asked} Asked */
/** @typedef {import("./card.js").Scorecard} Scorecard */
/** @typedef {import("../recorder/strings.js").Words} Words */

export class Guide {
  /**
   * @param {HTMLElement} scope
   * @param {{scorecard: Scorecard, scorecard_opens: boolean, csrf_token: string, room: string}} config
   * @param {Words} words
   */
  constructor(scope, config, words) {
    this.#words = words;
    for (const item of scope.querySelectorAll("li[data-question]")) {
      if (!(item instanceof HTMLElement)) continue;
      const id = item.dataset.question ?? "";
      this.#items.set(id, item);
      const form = item.querySelector("form");
      if (form) this.#cards.set(id, new Card(form, { ...config, words }));
    }
  }

  #words;
  /** @type {Map<string, HTMLElement>} */
  #items = new Map();
  /** @type {Map<string, Card>} */
  #cards = new Map();
  /** @type {Set<string>} */
  #unfolded = new Set();
  #asked = "";
  #asked_ms = 0;
  #all = false;

  /** @param {Asked | null} asked */
  mark(asked) {
    const id = asked?.question ?? "";
    if (id === this.#asked) return;
    this.#items.get(this.#asked)?.classList.add("done");
    this.#asked = id;
    this.#asked_ms = asked?.at_ms ?? 0;
    this.#items.get(id)?.classList.remove("done");
    this.#draw();
    this.#items.get(id)?.scrollIntoView({ block: "nearest" });
  }

  /** The question after the one that is asked, and which to begin with. */
  get next() {
    const ids = [...this.#items.keys()];
    return ids[ids.indexOf(this.#asked) + 1] ?? null;
  }

  /** @param {string} id */
  unfold(id) {
    if (!this.#unfolded.delete(id)) this.#unfolded.add(id);
    this.#draw();
  }

  /** My notes show all of them at once. @param {boolean} all */
  showAll(all) {
    this.#all = all;
    this.#draw();
  }

  /** The card of the question that is asked, or of this one. @param {string} [id] */
  card(id = this.#asked) {
    return this.#cards.get(id);
  }

  /** @param {number} now_ms  on the server's clock */
  tick(now_ms) {
    const item = this.#items.get(this.#asked);
    if (item) part(item, "since").textContent = `, ${this.#words("so_far", { time: clock(now_ms - this.#asked_ms) })}`;
  }

  #draw() {
    for (const [id, item] of this.#items) {
      const now = id === this.#asked;
      if (now) item.setAttribute("aria-current", "step");
      else item.removeAttribute("aria-current");
      if (!now) part(item, "since").textContent = "";
      part(item, "ask").hidden = now;
      part(item, "done").hidden = !now;
      const form = item.querySelector("form");
      if (!form) continue;
      form.hidden = !(now || this.#all || this.#unfolded.has(id));
      const unfold = part(item, "unfold");
      unfold.hidden = now;
      unfold.setAttribute("aria-expanded", String(!form.hidden));
    }
  }
}
