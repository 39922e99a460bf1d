/**
 * <bw-together>: the players of a page start, stop and jump together. One of them is heard, and only that one counts as watched:
 * nobody follows four people at once. The others run along without sound. Pressed once more, each plays by itself again.
 *
 * Inside, by `data-part`: together (the button), heard (who is heard, in words). Beside each player, in the same
 * `<li data-who>`, a button `data-hear` makes that one the one that is heard; it is there while they play together.
 */

import { listen } from "../../player/keys.js";
import { Player } from "../../player/player.js";
import { readStrings } from "../../recorder/strings.js";

const JUMP_S = 5;
/** Further apart than this is put right while they run; less is not seen. In seconds. */
const DRIFT_S = 0.4;

export class Together extends HTMLElement {
  /** @type {Player[]} */
  #players = [];
  /** The one that is heard; null while each plays by itself. @type {Player | null} */
  #lead = null;
  #gone = new AbortController();
  #keys = new AbortController();

  connectedCallback() {
    this.words = readStrings(document);
    this.#players = [...document.querySelectorAll("bw-player")].filter((one) => one instanceof Player);
    const { signal } = this.#gone;
    for (const player of this.#players) {
      const media = player.media;
      media?.addEventListener("play", () => this.#played(player), { signal });
      media?.addEventListener("pause", () => this.#paused(player), { signal });
      media?.addEventListener("ratechange", () => this.#sped(player), { signal });
      media?.addEventListener("timeupdate", () => this.#drifted(player), { signal });
      // What a person does to one of them; where we put the others ourselves, nothing is to follow.
      player.addEventListener("input", () => this.#jumped(player), { signal });
      for (const name of ["back", "forward"]) {
        const button = player.querySelector(`[data-part=${name}]`);
        button?.addEventListener("click", () => this.#jumped(player), { signal });
      }
      this.#place(player)?.querySelector("[data-hear]")?.addEventListener("click", () => this.#hear(player), { signal });
    }
    this.querySelector("[data-part=together]")?.addEventListener("click", () => this.toggle(), { signal });
    this.hidden = false;
  }

  disconnectedCallback() {
    this.#apart();
    this.#gone.abort();
  }

  toggle() {
    if (this.#lead) return this.#apart();
    const first = this.#players.find((player) => player.media && !player.media.paused) ?? this.#players[0];
    if (!first) return;
    this.#hear(first);
    this.#keys = new AbortController();
    const commands = {
      toggle: () => void this.#lead?.toggle(),
      back: () => this.#jump(-JUMP_S),
      forward: () => this.#jump(JUMP_S),
    };
    listen((command) => commands[/** @type {keyof typeof commands} */ (command)]?.(), this.#keys.signal);
    if (first.media?.paused) void first.toggle();
    else this.#played(first);
  }

  /** Each by itself again, and quiet until somebody plays one. */
  #apart() {
    this.#lead = null;
    this.#keys.abort();
    for (const player of this.#players) {
      player.media?.pause();
      if (player.media) player.media.muted = false;
      if (player.meter) player.meter.off = false;
    }
    this.#show();
  }

  /** @param {Player} lead */
  #hear(lead) {
    this.#lead = lead;
    for (const player of this.#players) {
      if (player.media) player.media.muted = player !== lead;
      if (player.meter) player.meter.off = player !== lead;
    }
    this.#show();
  }

  #show() {
    const lead = this.#lead;
    this.querySelector("[data-part=together]")?.setAttribute("aria-pressed", String(lead !== null));
    for (const player of this.#players) {
      const place = this.#place(player);
      place?.toggleAttribute("data-heard", player === lead);
      const button = place?.querySelector("[data-hear]");
      button?.toggleAttribute("hidden", lead === null);
      button?.setAttribute("aria-pressed", String(player === lead));
    }
    const who = (lead && this.#place(lead)?.dataset.who) ?? "";
    const said = this.querySelector("[data-part=heard]");
    if (said) said.textContent = this.words?.(lead ? "heard" : "by_itself", { who }) ?? "";
  }

  /** @param {Player} player */
  #played(player) {
    const lead = this.#lead;
    if (!lead || (player !== lead && !lead.media?.paused)) return;
    if (player !== lead) this.#hear(player); // Played by hand while all stood still.
    for (const other of this.#players) {
      if (other === player || !other.media) continue;
      this.#bring(other, player.media?.currentTime ?? 0);
      if (this.#isInside(other)) other.media.play().catch(() => {});
    }
  }

  /** @param {Player} player */
  #paused(player) {
    const lead = this.#lead;
    if (!lead || (player !== lead && (player.media?.ended || lead.media?.paused))) return;
    for (const other of this.#players) if (other !== player) other.media?.pause();
  }

  /** @param {number} seconds */
  #jump(seconds) {
    const lead = this.#lead;
    if (!lead) return;
    lead.jump(seconds);
    this.#jumped(lead);
  }

  /** @param {Player} player */
  #jumped(player) {
    const lead = this.#lead;
    if (!lead) return;
    for (const other of this.#players) {
      if (other === player) continue;
      this.#bring(other, player.media?.currentTime ?? 0);
      if (!lead.media?.paused && this.#isInside(other)) other.media?.play().catch(() => {}); // One that had ended goes on.
    }
  }

  /** @param {Player} player */
  #sped(player) {
    if (!this.#lead) return;
    for (const other of this.#players) {
      if (other.media && other.media.playbackRate !== player.media?.playbackRate) other.speed = player.speed;
    }
  }

  /** @param {Player} player */
  #drifted(player) {
    if (player !== this.#lead || !player.media || player.media.paused || player.media.seeking) return;
    for (const other of this.#players) {
      if (other === player || !other.media || other.media.paused || other.media.seeking) continue;
      if (Math.abs(other.media.currentTime - player.media.currentTime) > DRIFT_S) this.#bring(other, player.media.currentTime);
    }
  }

  /**
   * @param {Player} player
   * @param {number} at  in seconds; a shorter answer stays at its end
   */
  #bring(player, at) {
    player.seek(Math.min(at, (player.config?.duration_ms ?? 0) / 1000));
  }

  /** Whether it has anything left to play. @param {Player} player */
  #isInside(player) {
    return (player.media?.currentTime ?? 0) < (player.config?.duration_ms ?? 0) / 1000 - DRIFT_S;
  }

  /** @param {Player} player */
  #place(player) {
    return /** @type {HTMLElement | null} */ (player.closest("[data-who]"));
  }
}

customElements.define("bw-together", Together);
