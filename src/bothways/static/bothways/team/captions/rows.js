/** The captions as fields, one row for each: drawn from the list, and read into it. */

import { read, written } from "./times.js";

/** @typedef {import("./model.js").Cue} Cue */
/** @typedef {import("../../recorder/strings.js").Words} Words */

export class Rows {
  /**
   * @param {HTMLElement} list
   * @param {HTMLTemplateElement} pattern
   * @param {Words} words
   */
  constructor(list, pattern, words) {
    this.list = list;
    this.pattern = pattern;
    this.words = words;
    /** @type {Map<number, HTMLElement>} */
    this.byId = new Map();
  }

  /** What the page came with. @returns {Omit<Cue, "id">[]} */
  read() {
    return /** @type {HTMLElement[]} */ ([...this.list.children])
      .map((row) => ({
        start_ms: read(field(row, "start").value) ?? -1,
        end_ms: read(field(row, "end").value) ?? -1,
        text: field(row, "text").value,
      }))
      .filter((cue) => cue.start_ms >= 0 && cue.end_ms >= 0);
  }

  /**
   * The rows that are there become those of these captions.
   *
   * @param {Cue[]} cues
   */
  adopt(cues) {
    const rows = /** @type {HTMLElement[]} */ ([...this.list.children]);
    cues.forEach((cue, place) => rows[place] && this.#own(rows[place], cue));
    this.draw(cues);
  }

  /** @param {Cue[]} cues */
  draw(cues) {
    const ids = new Set(cues.map((cue) => cue.id));
    for (const [id, row] of this.byId) {
      if (ids.has(id)) continue;
      row.remove();
      this.byId.delete(id);
    }
    cues.forEach((cue, place) => {
      const row = this.byId.get(cue.id) ?? this.#made(cue);
      if (this.list.children[place] !== row) this.list.insertBefore(row, this.list.children[place] ?? null);
      this.#number(row, place + 1, place + 1 === cues.length);
      this.#fill(row, cue);
    });
    for (const row of [...this.list.children].slice(cues.length)) row.remove();
  }

  /**
   * @param {number} id
   * @param {string[]} concerns
   */
  showConcerns(id, concerns) {
    const row = this.byId.get(id);
    const place = row?.querySelector("[data-part=concerns]");
    if (!row || !place) return;
    const now = [...place.children].map((item) => item.textContent).join("\n");
    if (now !== concerns.join("\n")) {
      place.replaceChildren(...concerns.map((concern) => Object.assign(document.createElement("li"), { textContent: concern })));
    }
    place.toggleAttribute("hidden", concerns.length === 0);
    const words = field(row, "text");
    if (concerns.length) words.setAttribute("aria-describedby", place.id);
    else words.removeAttribute("aria-describedby");
  }

  /**
   * What is wrong with a time that somebody writes; nothing when it is right again.
   *
   * @param {HTMLInputElement | HTMLTextAreaElement} time
   * @param {string} fault
   */
  showFault(time, fault) {
    const row = time.closest("[data-cue]");
    let place = row?.querySelector("[data-part=fault]");
    if (!place && fault) {
      place = Object.assign(document.createElement("p"), { className: "error" });
      place.setAttribute("data-part", "fault");
      place.setAttribute("role", "alert");
      row?.querySelector(".cue-words")?.append(place);
    }
    if (fault) time.setAttribute("aria-invalid", "true");
    else time.removeAttribute("aria-invalid");
    if (place && place.textContent !== fault) place.textContent = fault;
    if (!fault) place?.remove();
  }

  /** The first time that makes no sense. @returns {HTMLInputElement | null} */
  get wrong() {
    return this.list.querySelector("[aria-invalid=true]");
  }

  /**
   * @param {number} at_ms
   * @param {Cue[]} cues
   */
  showNow(at_ms, cues) {
    for (const cue of cues) {
      this.byId.get(cue.id)?.toggleAttribute("data-now", cue.start_ms <= at_ms && at_ms < cue.end_ms);
    }
  }

  /** @param {EventTarget | null} target @returns {number | null}  the caption that something on the page belongs to */
  idAt(target) {
    const row = target instanceof Element ? target.closest("[data-cue]") : null;
    for (const [id, own] of this.byId) if (own === row) return id;
    return null;
  }

  /** @param {number} id */
  wordsOf(id) {
    const row = this.byId.get(id);
    return row ? /** @type {HTMLTextAreaElement} */ (field(row, "text")) : null;
  }

  /** @param {Cue} cue */
  #made(cue) {
    const row = /** @type {HTMLElement} */ (this.pattern.content.firstElementChild?.cloneNode(true));
    this.#own(row, cue);
    return row;
  }

  /**
   * @param {HTMLElement} row
   * @param {Cue} cue
   */
  #own(row, cue) {
    for (const part of row.querySelectorAll("[data-needs-script]")) part.removeAttribute("hidden");
    this.byId.set(cue.id, row);
  }

  /**
   * @param {HTMLElement} row
   * @param {number} n
   * @param {boolean} isLast
   */
  #number(row, n, isLast) {
    row.querySelector("[data-act=join]")?.toggleAttribute("hidden", isLast);
    if (row.dataset["cue"] === String(n)) return;
    row.dataset["cue"] = String(n);
    for (const part of /** @type {NodeListOf<HTMLElement>} */ (row.querySelectorAll("[data-label]"))) {
      part.setAttribute("aria-label", this.words(part.dataset["label"] ?? "", { n }));
    }
    for (const part of row.querySelectorAll("[data-which]")) part.textContent = ` (${this.words("which", { n })})`;
    const concerns = row.querySelector("[data-part=concerns]");
    if (concerns) concerns.id = `concerns-${n}`;
  }

  /**
   * @param {HTMLElement} row
   * @param {Cue} cue
   */
  #fill(row, cue) {
    for (const [name, ms] of /** @type {["start" | "end", number][]} */ ([["start", cue.start_ms], ["end", cue.end_ms]])) {
      const time = field(row, name);
      const isWriting = time === document.activeElement || time.hasAttribute("aria-invalid");
      if (!(isWriting && read(time.value) === ms) && !time.hasAttribute("aria-invalid")) time.value = written(ms);
    }
    const words = field(row, "text");
    if (words.value !== cue.text) words.value = cue.text;
  }
}

/**
 * @param {HTMLElement} row
 * @param {"start" | "end" | "text"} name
 */
function field(row, name) {
  return /** @type {HTMLInputElement | HTMLTextAreaElement} */ (row.querySelector(`[name=${name}]`));
}
