/** The pictures and voices of the others, each on a seat with their name. */

import { Level } from "../recorder/level.js";
import { copyOf, part } from "./parts.js";
import { playOn } from "./speaker.js";

/** @typedef {import("./types.js").Person} Person */
/** @typedef {import("./types.js").Purpose} Purpose */
/** @typedef {import("./types.js").Way} Way */
/** @typedef {import("./types.js").Why} Why */
/** @typedef {import("../recorder/strings.js").Words} Words */

const SPEAKS = 0.3;
const SPEAKS_ON_MS = 900;

/** @typedef {{item: HTMLElement, screen: HTMLElement, way: Way, level: Level | null, spoke_ms: number}} Seat */

export class Seats {
  /**
   * @param {HTMLElement} list
   * @param {Words} words
   * @param {"host" | "candidate"} first  whose seats stand first: those of the other side
   */
  constructor(list, words, first) {
    this.#list = list;
    this.#words = words;
    this.#first = first;
  }

  #list;
  #words;
  #first;
  /** @type {Map<string, Seat>} */
  #seats = new Map();
  #speaker = "";

  /** @param {Person[]} people */
  draw(people) {
    const own = part(this.#list, "own");
    for (const id of [...this.#seats.keys()]) if (!people.some((person) => person.id === id)) this.#leave(id);
    const sorted = [...people].sort((a, b) => Number(b.kind === this.#first) - Number(a.kind === this.#first));
    const screens = sorted.filter((person) => person.media?.screen).map(({ id }) => this.#seat(id).screen);
    const items = [...screens, ...sorted.map(({ id }) => this.#seat(id).item)];
    for (const person of sorted) this.#name(person);
    for (const seat of this.#seats.values()) if (!screens.includes(seat.screen)) seat.screen.remove();
    // Moved only where the order is another one: a picture that is moved stands still for a moment.
    const now = [...this.#list.children].filter((node) => node !== own);
    if (items.length !== now.length || items.some((item, at) => item !== now[at])) own.before(...items);
    this.#list.dataset.people = String(items.length + 1);
  }

  /** @param {string} id @param {Purpose} purpose @param {MediaStreamTrack} track */
  attach(id, purpose, track) {
    const { item, screen } = this.#seat(id);
    const scope = purpose === "screen" ? screen : item;
    const element = /** @type {HTMLMediaElement} */ (part(scope, purpose === "voice" ? "voice" : "picture"));
    element.srcObject = new MediaStream([track]);
    if (purpose === "voice") this.#listen(id, track);
    playOn(element, purpose === "voice" ? this.#speaker : "");
    void element.play().catch(() => {});
  }

  /** @param {string} id @param {Way} way @param {Why | null} why */
  say(id, way, why) {
    const seat = this.#seat(id);
    seat.way = way;
    const chip = part(seat.item, "way");
    chip.hidden = way === "connected";
    chip.textContent = way === "connected" ? "" : this.#words(way === "failed" ? `way_${why}` : `way_${way}`);
  }

  /** @param {string} id */
  wayOf(id) {
    return this.#seats.get(id)?.way;
  }

  /** @param {string} device */
  speakOn(device) {
    this.#speaker = device;
    for (const { item } of this.#seats.values()) playOn(/** @type {HTMLMediaElement} */ (part(item, "voice")), device);
  }

  clear() {
    for (const id of [...this.#seats.keys()]) this.#leave(id);
  }

  /** @param {string} id @returns {Seat} */
  #seat(id) {
    const known = this.#seats.get(id);
    if (known) return known;
    const item = copyOf("seat");
    item.dataset.id = id;
    /** @type {Seat} */
    const seat = { item, screen: copyOf("screen"), way: "connecting", level: null, spoke_ms: 0 };
    this.#seats.set(id, seat);
    return seat;
  }

  /** @param {Person} person */
  #name({ id, name, title, kind, media }) {
    const { item, screen } = this.#seat(id);
    item.classList.toggle("you", kind === "candidate");
    const named = title ? `${name}, ${title}` : name;
    part(item, "name").textContent = part(item, "name").title = named;
    part(item, "initials").textContent = [...name].slice(0, 1).join("");
    const picture = part(item, "picture");
    picture.setAttribute("aria-label", this.#words("picture_of", { name }));
    const seen = media?.camera === true && media.quality !== "voice";
    picture.hidden = !seen;
    part(item, "initials").hidden = seen;
    part(item, "mic-on").hidden = media?.microphone !== true;
    part(item, "mic-off").hidden = media?.microphone !== false;
    const remove = item.querySelector('[data-part="remove-who"]');
    if (remove) remove.textContent = this.#words("take_out", { name });
    part(screen, "name").textContent = this.#words("screen_of", { name });
    part(screen, "picture").setAttribute("aria-label", this.#words("screen_of", { name }));
  }

  /** Whose voice it is shows on their seat. @param {string} id @param {MediaStreamTrack} track */
  #listen(id, track) {
    const seat = this.#seat(id);
    seat.level?.close();
    seat.level = new Level(new MediaStream([track]), (level) => {
      const now = performance.now();
      if (level > SPEAKS) seat.spoke_ms = now;
      seat.item.toggleAttribute("data-speaking", seat.spoke_ms > 0 && now - seat.spoke_ms < SPEAKS_ON_MS);
    });
  }

  /** @param {string} id */
  #leave(id) {
    const seat = this.#seats.get(id);
    seat?.level?.close();
    seat?.item.remove();
    seat?.screen.remove();
    this.#seats.delete(id);
  }
}
