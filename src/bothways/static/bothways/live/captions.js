/** What is said, to read along. Drawn for whoever has captions on, on their own page only. */

import { copyOf, part } from "./parts.js";

/** @typedef {import("./state.js").RoomState} RoomState */
/** @typedef {import("../recorder/strings.js").Words} Words */

const MOST_LINES = 40;
const SIZES = 3;
const KEPT_AS = "bothways.live.captions.size";

export class Captions {
  /** @param {HTMLElement} scope @param {Words} words @param {string} ownName */
  constructor(scope, words, ownName) {
    this.#box = part(scope, "captions");
    this.#list = part(scope, "captions-said");
    this.#words = words;
    this.#ownName = ownName;
    this.#resize(Number(localStorage.getItem(KEPT_AS)) || 0);
  }

  #box;
  #list;
  #words;
  #ownName;
  #size = 0;
  #last = "";

  /** @param {{from: string, text: string | null}} said @param {RoomState} state */
  add({ from, text }, state) {
    if (text === null && this.#last === "") return;
    const name = from === state.you ? this.#ownName : state.people.find(({ id }) => id === from)?.name;
    if (!name) return;
    const line = copyOf("caption");
    // A name is read aloud once, not with each piece of what somebody says.
    const isOther = text !== null && from !== this.#last;
    part(line, "name").textContent = isOther ? `${name}:` : "";
    part(line, "name").hidden = !isOther;
    part(line, "text").textContent = text ?? this.#words("captions_missing");
    line.toggleAttribute("data-missing", text === null);
    this.#last = text === null ? "" : from;
    const follows = this.#list.scrollHeight - this.#list.scrollTop - this.#list.clientHeight < 40;
    this.#list.append(line);
    while (this.#list.children.length > MOST_LINES) this.#list.firstElementChild?.remove();
    if (follows) this.#list.scrollTop = this.#list.scrollHeight;
  }

  get count() {
    return this.#list.children.length;
  }

  clear() {
    this.#list.replaceChildren();
    this.#last = "";
  }

  larger() {
    this.#resize((this.#size + 1) % SIZES);
    localStorage.setItem(KEPT_AS, String(this.#size));
  }

  /** @param {number} size */
  #resize(size) {
    this.#size = size;
    this.#box.dataset.size = String(size);
  }
}
