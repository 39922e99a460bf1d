/**
 * <bw-board>: cards are dragged from column to column, by mouse, by finger (on the handle) and by keyboard (Space on the handle,
 * arrows, Space or Enter to drop, Escape). The server says when a card is grabbed where it may go and why not elsewhere; a drop
 * goes to the page that confirms it, and changes nothing by itself. Without this script the handle leads to the same choices.
 */

import { readStrings } from "../../recorder/strings.js";

/** Pixels a pointer has to move before it drags: less is a click. */
const THRESHOLD = 6;
/** So near to the edge of the row, in pixels, it scrolls along. */
const EDGE = 48;

/** @typedef {{url: string, words: string}} Move */
/** @typedef {{here: string, to: Record<string, Move>}} Moves */

/** A card in somebody's hand. `moves` is null until the server has answered, and stays so when it does not. */
class Held {
  /** @type {Moves | null} */
  moves = null;
  failed = false;
  /** @type {HTMLElement | null} */
  over = null;
  /** @type {HTMLElement | null} */
  ghost = null;

  /** @param {HTMLElement} card @param {HTMLElement} home */
  constructor(card, home) {
    this.card = card;
    this.home = home;
    this.over = home;
    this.stage = /** @type {HTMLElement} */ (card.closest("[data-stage]"));
    this.row = /** @type {HTMLElement} */ (card.closest(".board"));
  }

  get lanes() {
    return /** @type {HTMLElement[]} */ ([...this.row.querySelectorAll(".pile")]);
  }

  get name() {
    return this.card.dataset.name ?? "";
  }
}

export class Board extends HTMLElement {
  /** @type {Held | null} */
  #held = null;
  /** Where a pointer went down on a card, until it has moved far enough. @type {{card: HTMLElement, x: number, y: number} | null} */
  #pressed = null;
  /** The click that ends a drag must not follow the link it began on. */
  #dragged = false;
  #gone = new AbortController();
  /** @type {import("../../recorder/strings.js").Words} */
  #words = () => "";

  connectedCallback() {
    this.#words = readStrings(document);
    const { signal } = this.#gone;
    this.addEventListener("pointerdown", (event) => this.#down(event), { signal });
    this.addEventListener("dragstart", (event) => event.preventDefault(), { signal });
    this.addEventListener("keydown", (event) => this.#key(event), { signal });
    this.addEventListener("focusout", () => this.#held && !this.#held.ghost && this.#leave(), { signal });
    this.addEventListener("click", (event) => this.#dragged && event.preventDefault(), { signal, capture: true });
    document.addEventListener("pointermove", (event) => this.#move(event), { signal });
    document.addEventListener("pointerup", () => this.#up(), { signal });
    document.addEventListener("pointercancel", () => this.#leave(), { signal });
  }

  disconnectedCallback() {
    this.#gone.abort();
  }

  /** @param {PointerEvent} event */
  #down(event) {
    const target = /** @type {HTMLElement} */ (event.target);
    const card = /** @type {HTMLElement | null} */ (target.closest(".card"));
    const byGrip = target.closest(".grip") !== null;
    const grip = card?.querySelector(".grip");
    if (!card || !grip || event.button !== 0 || (event.pointerType !== "mouse" && !byGrip)) return;
    this.#pressed = { card, x: event.clientX, y: event.clientY };
  }

  /** @param {PointerEvent} event */
  #move(event) {
    const pressed = this.#pressed;
    if (pressed && !this.#held && Math.hypot(event.clientX - pressed.x, event.clientY - pressed.y) > THRESHOLD) {
      this.#grab(pressed.card);
      this.#float();
    }
    const held = this.#held;
    if (!held?.ghost) return;
    event.preventDefault();
    held.ghost.style.translate = `${event.clientX}px ${event.clientY}px`;
    const box = held.row.getBoundingClientRect();
    if (event.clientX < box.left + EDGE) held.row.scrollBy(-EDGE / 4, 0);
    if (event.clientX > box.right - EDGE) held.row.scrollBy(EDGE / 4, 0);
    const under = document.elementFromPoint(event.clientX, event.clientY)?.closest(".pile");
    const lane = under instanceof HTMLElement ? under : null;
    if (lane !== held.over) this.#reach(lane);
  }

  #up() {
    this.#pressed = null;
    if (this.#held?.ghost) this.#drop();
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    const grip = /** @type {HTMLElement} */ (event.target).closest(".grip");
    const card = /** @type {HTMLElement | null} */ (grip?.closest(".card") ?? null);
    if (event.key === "Escape" && this.#held) {
      event.preventDefault();
      return this.#leave();
    }
    if (!card) return;
    if (!this.#held && event.key === " ") {
      event.preventDefault();
      return this.#grab(card);
    }
    if (!this.#held) return;
    if (event.key === " " || event.key === "Enter") {
      event.preventDefault();
      return this.#drop();
    }
    const forward = getComputedStyle(this).direction === "rtl" ? "ArrowLeft" : "ArrowRight";
    const backward = forward === "ArrowLeft" ? "ArrowRight" : "ArrowLeft";
    if (event.key !== forward && event.key !== backward) return;
    event.preventDefault();
    const { lanes, over } = this.#held;
    const at = lanes.indexOf(over ?? this.#held.home);
    this.#reach(lanes[Math.min(lanes.length - 1, Math.max(0, at + (event.key === forward ? 1 : -1)))] ?? null);
    this.#held.over?.scrollIntoView({ block: "nearest", inline: "nearest" });
  }

  /** @param {HTMLElement} card */
  #grab(card) {
    const home = /** @type {HTMLElement} */ (card.closest(".pile"));
    const held = new Held(card, home);
    this.#clear();
    this.#held = held;
    card.dataset.held = "";
    this.#say(this.#words("grabbed", { name: held.name }));
    void this.#ask(held);
  }

  /** @param {Held} held */
  async #ask(held) {
    const grip = /** @type {HTMLAnchorElement} */ (held.card.querySelector(".grip"));
    try {
      const answer = await fetch(`${grip.href}moves.json`, { headers: { Accept: "application/json" } });
      if (!answer.ok) throw new Error(String(answer.status));
      held.moves = /** @type {Moves} */ (await answer.json());
    } catch {
      held.failed = true;
    }
    if (held !== this.#held) return;
    for (const lane of held.lanes) this.#mark(held, lane);
    if (held.over !== held.home) this.#tell();
  }

  /** Says on the column itself whether it takes the card. @param {Held} held @param {HTMLElement} lane */
  #mark(held, lane) {
    const why = lane.querySelector("[data-part=why]");
    const words = this.#why(held, lane);
    lane.dataset.drop = lane === held.home ? "home" : words ? "no" : "yes";
    if (!(why instanceof HTMLElement)) return;
    why.textContent = lane === held.home ? "" : words;
    why.hidden = !why.textContent;
  }

  /** Why a card may not go there; empty where it may. @param {Held} held @param {HTMLElement} lane */
  #why(held, lane) {
    if (held.failed) return this.#words("unknown");
    if (!held.moves) return this.#words("asking");
    if (lane.closest("[data-stage]") !== held.stage) return this.#words("other_stage");
    const move = held.moves.to[lane.dataset.column ?? ""];
    return move?.url ? "" : (move?.words ?? this.#words("home"));
  }

  /** @param {HTMLElement | null} lane */
  #reach(lane) {
    const held = this.#held;
    if (!held) return;
    if (held.over) delete held.over.dataset.over;
    held.over = lane;
    if (lane) lane.dataset.over = "";
    if (lane && lane.closest("[data-stage]") !== held.stage) this.#mark(held, lane);
    if (lane) this.#tell();
  }

  /** Where the card is above, and what a drop there would do. */
  #tell() {
    const held = this.#held;
    if (!held?.over) return;
    const lane = held.over;
    const title = lane.querySelector("[data-part=title]")?.textContent ?? "";
    const place = this.#words("over", { column: title, number: held.lanes.indexOf(lane) + 1, all: held.lanes.length });
    const then = lane === held.home ? this.#words("home") : this.#why(held, lane) || this.#words("allowed");
    this.#say(lane.closest("[data-stage]") === held.stage ? `${place} ${then}` : then);
  }

  #drop() {
    const held = this.#held;
    if (!held) return;
    const lane = held.over;
    const move = lane && lane !== held.home && lane.closest("[data-stage]") === held.stage
      ? held.moves?.to[lane.dataset.column ?? ""]
      : undefined;
    if (move?.url) {
      this.#say(this.#words("opening"));
      this.#let();
      location.assign(move.url);
      return;
    }
    const why = lane && lane !== held.home ? this.#why(held, lane) : "";
    this.#leave(why);
    if (lane && why) this.#keep(lane, why);
  }

  /** Back where it was, with words. */
  #leave(why = "") {
    this.#pressed = null;
    const held = this.#held;
    if (!held) return;
    this.#say(`${why} ${this.#words("left", { name: held.name })}`.trim());
    this.#let();
    this.#clear();
  }

  /** A refusal stays in sight until the next card is taken up. @param {HTMLElement} lane @param {string} why */
  #keep(lane, why) {
    const place = lane.querySelector("[data-part=why]");
    lane.dataset.drop = "no";
    if (place instanceof HTMLElement) {
      place.textContent = why;
      place.hidden = false;
    }
  }

  #let() {
    const held = this.#held;
    if (!held) return;
    held.ghost?.remove();
    delete held.card.dataset.held;
    this.#held = null;
    this.#dragged = held.ghost !== null;
    setTimeout(() => (this.#dragged = false));
  }

  #clear() {
    for (const lane of /** @type {NodeListOf<HTMLElement>} */ (this.querySelectorAll(".pile"))) {
      delete lane.dataset.drop;
      delete lane.dataset.over;
      const why = lane.querySelector("[data-part=why]");
      if (why instanceof HTMLElement) why.hidden = true;
    }
  }

  #float() {
    const held = this.#held;
    if (!held) return;
    const ghost = document.createElement("div");
    ghost.className = "ghost";
    ghost.textContent = held.name;
    ghost.setAttribute("aria-hidden", "true");
    document.body.append(ghost);
    held.ghost = ghost;
  }

  /** @param {string} words */
  #say(words) {
    const place = this.querySelector("[data-part=says]");
    if (place) place.textContent = words;
  }
}

customElements.define("bw-board", Board);
