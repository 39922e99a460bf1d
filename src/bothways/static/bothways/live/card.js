/** The own ratings and notes beside the talk, kept at each keystroke as on the rating pages. */

import { Autosave } from "../elements/autosave.js";
import { part } from "./parts.js";

/** @typedef {{value: number | null, note: string, revision: number}} Rating */
/** @typedef {{save_url: string, ratings: Record<string, Rating>}} Scorecard */
/** @typedef {import("../recorder/strings.js").Words} Words */

/** One question's rating. */
export class Card {
  /**
   * @param {HTMLFormElement} form
   * @param {object} options
   * @param {Scorecard} options.scorecard
   * @param {string} options.csrf_token
   * @param {string} options.room  drafts of this room lie under its name
   * @param {Words} options.words
   */
  constructor(form, { scorecard, csrf_token, room, words }) {
    this.#form = form;
    this.#words = words;
    this.#question = form.dataset.question ?? "";
    const rating = scorecard.ratings[this.#question] ?? { value: null, note: "", revision: 0 };
    this.#autosave = new Autosave({
      url: scorecard.save_url,
      csrf_token,
      key: `bothways.draft:live:${room}:${this.#question}`,
      revision: rating.revision,
      onState: (state, said, current) => this.#show(state, said, current),
    });
    this.#fill(rating);
    const kept = this.#autosave.kept();
    if (kept) {
      this.#fill(kept.draft);
      this.#autosave.revision = kept.revision;
      this.#autosave.change(this.#draft(), 0);
    }
    form.addEventListener("input", () => this.#autosave.change(this.#draft()));
    form.addEventListener("submit", (event) => event.preventDefault());
    part(form, "mine").addEventListener("click", () => this.#decide(true));
    part(form, "theirs").addEventListener("click", () => this.#decide(false));
  }

  #form;
  #words;
  #question;
  #autosave;
  /** @type {Record<string, unknown> | null} */
  #other = null;

  /** @param {string} value  "0" to "5" */
  rate(value) {
    const radio = this.#form.querySelector(`input[name="value"][value="${value}"]`);
    if (!(radio instanceof HTMLInputElement)) return;
    radio.checked = true;
    radio.focus({ preventScroll: true });
    this.#autosave.change(this.#draft());
  }

  /** Begins a line of the note with the time of the talk. @param {string} time */
  stamp(time) {
    const note = this.#note;
    const gap = note.value && !note.value.endsWith("\n") ? "\n" : "";
    note.value += `${gap}[${time}] `;
    note.focus();
    note.setSelectionRange(note.value.length, note.value.length);
    this.#autosave.change(this.#draft());
  }

  get #note() {
    return /** @type {HTMLTextAreaElement} */ (this.#form.querySelector("textarea"));
  }

  #draft() {
    const value = new FormData(this.#form).get("value");
    return { question: this.#question, value: value === null ? null : Number(value), note: this.#note.value };
  }

  /** @param {Record<string, any>} from */
  #fill({ value, note }) {
    for (const radio of this.#form.querySelectorAll("input")) radio.checked = value !== null && radio.value === String(value);
    this.#note.value = note;
  }

  /** @param {boolean} mine */
  #decide(mine) {
    part(this.#form, "choice").hidden = true;
    if (!mine && this.#other) this.#fill(this.#other);
    void this.#autosave.decide(mine);
  }

  /**
   * @param {import("../elements/autosave.js").State} state
   * @param {string} said
   * @param {Record<string, unknown> | null} current
   */
  #show(state, said, current) {
    const status = part(this.#form, "status");
    const own = state === "stopped" || state === "overtaken";
    status.dataset.is = { saved: "done", saving: "half", unsaved: "late", stopped: "late", overtaken: "late" }[state];
    status.textContent = own ? said || this.#words("signed_out") : this.#words(state);
    part(this.#form, "choice").hidden = state !== "overtaken";
    this.#other = current;
  }
}
