/**
 * <bw-player>: a recorded answer, played by the browser, with our own controls around it and a measure of what was watched.
 *
 * Inside: a JSON block (Config below), a video or audio element with plain controls, and
 * the parts by `data-part`: bar, play, back, forward, clock, speed, listen, captions, full, share, fault. Parts that are missing are not
 * needed. Its words stand in the page's block of strings. Without scripts the browser's own controls remain.
 *
 * @typedef {object} Config
 * @property {import("./sources.js").Source[]} sources
 * @property {string | null} media_url  gives fresh addresses; null where the page itself has to be loaded again
 * @property {string | null} peaks_url
 * @property {import("./peek.js").Sheet | null} sprites
 * @property {number} duration_ms
 * @property {import("./spans.js").Span[]} silences  where nothing is to be heard; shown, never cut
 * @property {number | null} gain_db  so that all are equally loud
 * @property {import("./reporter.js").Coverage | null} coverage  null: what is played here counts for nobody
 * @property {string} opened_url
 * @property {string} played_url
 * @property {string} csrf_token
 */

import { readStrings } from "../recorder/strings.js";
import { offerCaptions } from "./captions.js";
import { listen } from "./keys.js";
import { Loudness } from "./loudness.js";
import { PlayedMeter } from "./meter.js";
import { Peek } from "./peek.js";
import { Reporter } from "./reporter.js";
import { LISTEN_KEPT_AS, Sources } from "./sources.js";
import { Timeline } from "./timeline.js";
import { clock, spoken } from "./times.js";

const JUMP_S = 5;
const SPEEDS = [0.75, 1, 1.25, 1.5, 1.75, 2];
const SPEED_KEPT_AS = "bothways.player.speed";

export class Player extends HTMLElement {
  /** @type {Reporter | undefined} */
  #reporter;
  #gone = new AbortController();

  connectedCallback() {
    /** @type {Config} */
    const config = JSON.parse(this.querySelector("script[type='application/json']")?.textContent ?? "{}");
    const media = /** @type {HTMLMediaElement} */ (this.querySelector("video, audio"));
    media.controls = false;
    this.config = config;
    this.media = media;
    this.words = readStrings(document);
    this.timeline = new Timeline(this.#part("bar"), config.duration_ms);
    this.timeline.showSilences(config.silences);
    this.meter = new PlayedMeter(media, config.duration_ms);
    const { coverage } = config;
    if (coverage) this.#reporter = new Reporter(this.meter, { ...config, coverage }, (now) => this.#covered(now));
    for (const hidden of this.querySelectorAll("[data-needs-script]")) hidden.removeAttribute("hidden");
    this.#wire();
    if (coverage) this.#covered(coverage);
    this.loudness = new Loudness(media, config.gain_db);
    if (config.sprites) this.peek = new Peek(this.#part("bar"), config.sprites, config.duration_ms);
    const listening = localStorage.getItem(LISTEN_KEPT_AS) === "yes" && config.sources.some(({ kind }) => kind === "voice");
    this.sources = new Sources(media, config, () => this.#failed(), listening);
    media.preload = "metadata"; // Only now, so that nothing is fetched of what is not going to be played.
    this.#listening(listening);
    this.speed = Number(localStorage.getItem(SPEED_KEPT_AS)) || 1;
    this.#place();
    this.#reporter?.start();
    void this.#levels();
  }

  disconnectedCallback() {
    this.#gone.abort();
    this.#reporter?.stop();
  }

  get speed() {
    return this.media?.defaultPlaybackRate ?? 1;
  }

  set speed(speed) {
    if (!this.media || !SPEEDS.includes(speed)) return;
    this.media.defaultPlaybackRate = this.media.playbackRate = speed;
    localStorage.setItem(SPEED_KEPT_AS, String(speed));
    const button = this.querySelector("[data-part=speed]");
    if (!button) return;
    const shown = speed.toLocaleString(document.documentElement.lang);
    button.textContent = `${shown}×`;
    button.setAttribute("aria-label", this.words?.("speed", { speed: shown }) ?? "");
  }

  /** Hear the voice alone: nothing of the picture is fetched or shown. Kept for the next answers. */
  listen(only = !this.hasAttribute("data-listening")) {
    this.meter?.mark();
    localStorage.setItem(LISTEN_KEPT_AS, only ? "yes" : "no");
    this.sources?.listen(only);
    this.#listening(only);
  }

  /** @param {boolean} only */
  #listening(only) {
    this.toggleAttribute("data-listening", only);
    this.querySelector("[data-part=listen]")?.setAttribute("aria-pressed", String(only));
    if (this.peek) this.peek.off = only;
  }

  async toggle() {
    if (!this.media) return;
    if (!this.media.paused) return this.media.pause();
    for (const other of document.querySelectorAll("video, audio")) {
      if (other !== this.media) /** @type {HTMLMediaElement} */ (other).pause();
    }
    try {
      await this.media.play();
    } catch {
      this.#state();
    }
  }

  /** @param {number} seconds */
  seek(seconds) {
    if (!this.media) return;
    this.media.currentTime = Math.max(0, Math.min(seconds, this.#duration));
    this.#place();
  }

  /** @param {number} seconds */
  jump(seconds) {
    this.seek((this.media?.currentTime ?? 0) + seconds);
  }

  /** @param {number} steps  up or down the list of speeds; past the end it begins again */
  #faster(steps, wrap = false) {
    const next = SPEEDS.indexOf(this.speed) + steps;
    this.speed = SPEEDS[wrap ? next % SPEEDS.length : Math.max(0, Math.min(next, SPEEDS.length - 1))] ?? 1;
  }

  async full() {
    if (document.fullscreenElement) return document.exitFullscreen();
    const stage = this.querySelector(".clip");
    if (this.media instanceof HTMLVideoElement && stage) await stage.requestFullscreen?.();
  }

  /** The header of a recorded file often lies about its length, or says that it is endless. The server counted. */
  get #duration() {
    return (this.config?.duration_ms ?? 0) / 1000;
  }

  #wire() {
    const { media } = this;
    if (!media) return;
    for (const name of ["play", "pause", "ended", "loadedmetadata"]) media.addEventListener(name, () => this.#state());
    for (const name of ["timeupdate", "seeked"]) media.addEventListener(name, () => this.#place());
    media.addEventListener("click", () => void this.toggle());
    this.#on("play", () => void this.toggle());
    this.#on("back", () => this.jump(-JUMP_S));
    this.#on("forward", () => this.jump(JUMP_S));
    this.#on("speed", () => this.#faster(1, true));
    this.#on("listen", () => this.listen());
    this.#on("full", () => void this.full());
    const captions = this.querySelector("[data-part=captions]");
    if (captions) offerCaptions(media, captions);
    this.timeline?.input.addEventListener("input", (event) => {
      this.seek(Number(/** @type {HTMLInputElement} */ (event.target).value));
    });
    if (this.hasAttribute("keys")) {
      const commands = {
        toggle: () => void this.toggle(),
        back: () => this.jump(-JUMP_S),
        forward: () => this.jump(JUMP_S),
        slower: () => this.#faster(-1),
        faster: () => this.#faster(1),
        full: () => void this.full(),
      };
      listen((command) => commands[command](), this.#gone.signal);
    }
  }

  #state() {
    const playing = Boolean(this.media && !this.media.paused && !this.media.ended);
    this.toggleAttribute("data-playing", playing);
    const button = this.querySelector("[data-part=play]");
    button?.setAttribute("aria-label", this.words?.(playing ? "pause" : "play") ?? "");
    this.#place();
  }

  #place() {
    const at = Math.min(this.media?.currentTime ?? 0, this.#duration);
    this.timeline?.showPlace(at, this.#placeWords(at));
    const shown = this.querySelector("[data-part=clock]");
    if (shown) shown.textContent = `${clock(at)} / ${clock(this.#duration)}`;
  }

  /** @param {number} at  in seconds */
  #placeWords(at) {
    const { words } = this;
    if (!words) return "";
    const isSilent = this.config?.silences.some(([start, end]) => start <= at * 1000 && at * 1000 < end);
    return words(isSilent ? "place_silent" : "place", { at: spoken(at, words), of: spoken(this.#duration, words) });
  }

  /** @param {import("./reporter.js").Coverage} coverage */
  #covered(coverage) {
    this.timeline?.showSeen(coverage.spans);
    this.showShare(coverage);
    this.dispatchEvent(new CustomEvent("bw-coverage", { detail: coverage, bubbles: true }));
  }

  /** @param {import("./reporter.js").Coverage} coverage  of what was played or read */
  showShare(coverage) {
    const shown = this.querySelector("[data-part=share]");
    if (shown) shown.textContent = this.#shareWords(coverage);
  }

  /** @param {import("./reporter.js").Coverage} coverage */
  #shareWords(coverage) {
    const share = Math.floor(coverage.share * 100);
    return this.words?.(coverage.is_enough ? "share_enough" : "share", { share }) ?? "";
  }

  #failed() {
    const fault = this.querySelector("[data-part=fault]");
    fault?.removeAttribute("hidden");
  }

  async #levels() {
    const url = this.config?.peaks_url;
    if (!url) return;
    try {
      const answer = await fetch(url);
      if (answer.ok) this.timeline?.showLevels((await answer.json()).peaks);
    } catch {
      // The line is drawn without levels; the sound is the same.
    }
  }

  /** @param {string} name */
  #part(name) {
    return /** @type {HTMLElement} */ (this.querySelector(`[data-part=${name}]`));
  }

  /**
   * @param {string} name
   * @param {() => void} run
   */
  #on(name, run) {
    this.querySelector(`[data-part=${name}]`)?.addEventListener("click", run);
  }
}

customElements.define("bw-player", Player);
