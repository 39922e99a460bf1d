/** One note pinned to a second or a stretch: its row in the list, kept at each keystroke like a rating. */

import { Autosave } from "../../elements/autosave.js";
import { clock } from "../../player/times.js";

/** @typedef {import("../../elements/autosave.js").State} State */
/** @typedef {import("../../elements/autosave.js").Draft} Draft */
/** @typedef {import("./quoting.js").Quote} Quote */
/** @typedef {import("../../recorder/strings.js").Words} Words */

/**
 * @typedef {object} Facts  What stands in a note. Times are milliseconds of the recording.
 * @property {number} start_ms
 * @property {number | null} end_ms
 * @property {string} text
 * @property {Quote | null} quote
 * @property {boolean} removed
 */

/**
 * @typedef {object} Room
 * @property {string} save_url
 * @property {string} csrf_token
 * @property {string} drafts  where the pinned notes of this interview lie in localStorage
 * @property {string} question
 * @property {number} place  of the question, for whoever has to be led back there
 * @property {Words} words
 */

export class PinRow {
  /** @type {State} */
  state = "saved";
  said = "";
  /** Everything this page has sent or wants to send, so that an answer that was lost is not taken for another device. */
  #given = new Set();
  /** @type {Facts | null} */
  #theirs = null;

  /**
   * @param {HTMLElement} item
   * @param {string} key
   * @param {Facts} facts
   * @param {number} revision
   * @param {Room} room
   * @param {{changed: (row: PinRow) => void, heard: (row: PinRow) => void, removed: (row: PinRow) => void, until: (row: PinRow) => void, jump: (row: PinRow) => void}} on
   */
  constructor(item, key, facts, revision, room, on) {
    this.item = item;
    this.key = key;
    this.facts = facts;
    this.room = room;
    this.on = on;
    this.autosave = new Autosave({
      url: room.save_url,
      csrf_token: room.csrf_token,
      key: `${room.drafts}${room.question}:${key}`,
      revision,
      onState: (state, said, current) => this.#heard(state, said, current),
    });
    item.dataset.pin = key;
    for (const hidden of item.querySelectorAll("[data-needs-script]")) hidden.removeAttribute("hidden");
    this.area.addEventListener("input", () => this.change({ text: this.area.value }));
    this.#when("jump", () => on.jump(this));
    this.#when("until", () => on.until(this));
    this.#when("remove", () => this.remove());
    this.#when("pin-mine", () => this.#decide(true));
    this.#when("pin-theirs", () => this.#decide(false));
    this.draw();
    this.area.value = facts.text;
  }

  get area() {
    return /** @type {HTMLTextAreaElement} */ (this.item.querySelector("textarea"));
  }

  get name() {
    return nameOf(this.facts, this.room.words);
  }

  /**
   * @param {Partial<Facts>} changed
   * @param {number} [pause]  before it is sent, in milliseconds
   */
  change(changed, pause) {
    Object.assign(this.facts, changed);
    this.draw();
    const draft = this.#draft();
    this.#given.add(fingerprint(draft));
    this.autosave.change(draft, pause);
    this.on.changed(this);
  }

  remove() {
    this.change({ removed: true }, 0);
    this.on.removed(this);
  }

  /** What an earlier page could not bring up goes up now. @param {{draft: Draft, revision: number}} kept */
  restore(kept) {
    this.autosave.revision = kept.revision;
    this.#fill(/** @type {any} */ (kept.draft));
    this.change({}, 0);
  }

  draw() {
    const { start_ms: start, end_ms: end, quote, removed } = this.facts;
    const from = clock(Math.floor(start / 1000));
    this.#part("when").textContent = end === null ? from : `${from}–${clock(Math.ceil(end / 1000))}`;
    this.#part("jump").setAttribute("href", `?at=${Math.floor(start / 1000)}`);
    this.#part("until").setAttribute("aria-label", this.room.words("pin_until", { pin: this.name }));
    this.#part("remove").setAttribute("aria-label", this.room.words("pin_remove", { pin: this.name }));
    this.area.setAttribute("aria-label", this.name);
    this.#part("quote").textContent = quote?.text ?? "";
    this.#part("quote").hidden = !quote;
    this.item.hidden = removed;
  }

  /** @returns {Draft} */
  #draft() {
    const { start_ms, end_ms, text, quote, removed } = this.facts;
    return { question: this.room.question, place: this.room.place, key: this.key, start_ms, end_ms, text, quote, removed };
  }

  /** @param {Facts} facts */
  #fill({ start_ms, end_ms, text, quote, removed }) {
    this.facts = { start_ms, end_ms, text, quote, removed };
    this.area.value = text;
    this.draw();
  }

  /**
   * @param {State} state
   * @param {string} said
   * @param {Draft | null} current
   */
  #heard(state, said, current) {
    this.state = state;
    this.said = said;
    this.#theirs = null;
    if (state === "overtaken" && current && this.#given.has(fingerprint(current))) return void this.autosave.decide(true);
    if (state === "overtaken" && current) this.#theirs = /** @type {any} */ (current);
    this.#part("pin-choice").hidden = state !== "overtaken";
    if (state === "overtaken") this.item.hidden = false;
    this.on.heard(this);
  }

  /** @param {boolean} mine */
  #decide(mine) {
    this.#part("pin-choice").hidden = true;
    if (!mine && this.#theirs) this.#fill(this.#theirs);
    this.draw();
    void this.autosave.decide(mine);
  }

  /**
   * @param {string} name
   * @param {() => void} run
   */
  #when(name, run) {
    this.#part(name).addEventListener("click", (event) => {
      event.preventDefault();
      run();
    });
  }

  /** @param {string} name */
  #part(name) {
    return /** @type {HTMLElement} */ (this.item.querySelector(`[data-part=${name}]`));
  }
}

/**
 * "Note at 0:42", or "Note from 0:42 to 1:05".
 * @param {Pick<Facts, "start_ms" | "end_ms">} facts
 * @param {Words} words
 */
export function nameOf({ start_ms: start, end_ms: end }, words) {
  const time = clock(Math.floor(start / 1000));
  return end === null ? words("pin", { time }) : words("pin_stretch", { time, end: clock(Math.ceil(end / 1000)) });
}

/** The same for the same words and times. @param {any} facts */
function fingerprint({ start_ms, end_ms, text, quote, removed }) {
  const words = quote ? [quote.text, quote.start_ms, quote.end_ms] : null;
  // Of a removed note the server keeps no words.
  return JSON.stringify(removed ? ["removed"] : [start_ms, end_ms, text, words]);
}
