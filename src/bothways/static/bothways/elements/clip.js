/**
 * <bw-clip>: a video with a large play button over its still. The browser's own controls come once it plays, so that the
 * keyboard, the volume and the menu of captions are all there. A video that has them from the start plays without scripts, too.
 *
 *   <bw-clip class="clip"><video src="…" poster="…" playsinline preload="none"><track …></video>
 *     <div class="foot"><button class="play" type="button" aria-label="…">…</button>…</div></bw-clip>
 *   <div data-clip-tools>…</div>
 *
 * `data-gain` of the video says by how many decibels it is raised, so that all are equally loud.
 *
 * Where tools for captions, speed and sign language stand behind it, they are loaded and work (clip-tools.js).
 */

import { Loudness } from "../player/loudness.js";

export class Clip extends HTMLElement {
  /** @type {Loudness | undefined} */
  loudness;

  connectedCallback() {
    if (this.video) {
      this.loudness ??= new Loudness(this.video, gainOf(this.video));
      this.#playing(!this.video.paused);
    }
    this.video?.addEventListener("play", () => this.#playing(true));
    this.video?.addEventListener("ended", () => this.#playing(false));
    this.querySelector("button.play")?.addEventListener("click", () => void this.play());
    const tools = this.nextElementSibling;
    if (tools instanceof HTMLElement && tools.matches("[data-clip-tools]")) {
      // Without them it plays all the same.
      import("./clip-tools.js").then(({ equip }) => equip(this, tools)).catch(() => {});
    }
  }

  get video() {
    return /** @type {HTMLVideoElement | null} */ (this.querySelector(":scope > video"));
  }

  /** Whether somebody has asked for it and does not hear it yet. */
  isAwaited = false;

  async play() {
    const { video } = this;
    if (!video) return;
    this.isAwaited = true;
    this.#playing(true);
    if (video.ended) video.currentTime = 0;
    try {
      await video.play();
      this.isAwaited = false;
      video.focus();
    } catch {
      this.isAwaited &&= video.error !== null;
      this.#playing(false);
    }
  }

  /** Back to the still. */
  rest() {
    this.isAwaited = false;
    this.video?.pause();
    this.#playing(false);
  }

  /**
   * @param {string} url
   * @param {string | null} poster
   * @param {number | null} [gain_db]  null: as it is
   */
  show(url, poster, gain_db = null) {
    const { video } = this;
    if (this.loudness) this.loudness.gain_db = gain_db;
    if (!video || video.getAttribute("src") === url) return;
    if (poster) video.poster = poster;
    else video.removeAttribute("poster");
    video.src = url;
    this.#playing(false);
  }

  /** @param {boolean} playing */
  #playing(playing) {
    if (this.video) {
      this.video.controls = playing;
      this.video.tabIndex = playing ? 0 : -1;
    }
    this.toggleAttribute("data-playing", playing);
  }
}

/** @param {HTMLVideoElement} video */
function gainOf({ dataset }) {
  return dataset["gain"] ? Number(dataset["gain"]) : null;
}

customElements.define("bw-clip", Clip);
