/** The recording while it is captioned: where it stands, single captions played, and what is written shown over it. */

/** @typedef {import("./model.js").Cue} Cue */

export const PICTURE_MS = 40;

export class Picture {
  /**
   * @param {HTMLVideoElement} video
   * @param {string} language
   * @param {() => void} onTime
   */
  constructor(video, language, onTime) {
    this.video = video;
    this.onTime = onTime;
    this.track = video.addTextTrack("captions", "", language);
    for (const other of video.textTracks) other.mode = other === this.track ? "showing" : "disabled";
    for (const name of ["timeupdate", "seeked", "loadedmetadata"]) video.addEventListener(name, onTime);
    video.addEventListener("play", () => this.#watch());
  }

  /** Where a single caption ends that is being played. */
  #stop_ms = Infinity;
  #isWatching = false;

  get now_ms() {
    return Math.round(this.video.currentTime * 1000);
  }

  /** @param {number} ms */
  seek(ms) {
    this.#stop_ms = Infinity;
    this.video.currentTime = Math.max(0, ms) / 1000;
    this.onTime();
  }

  toggle() {
    this.#stop_ms = Infinity;
    if (this.video.paused) void this.video.play().catch(() => {});
    else this.video.pause();
  }

  /** @param {Cue} cue */
  play(cue) {
    this.video.currentTime = cue.start_ms / 1000;
    this.#stop_ms = cue.end_ms;
    void this.video.play().catch(() => {});
  }

  /** @param {Cue[]} cues */
  show(cues) {
    for (const old of [...(this.track.cues ?? [])]) this.track.removeCue(old);
    for (const { start_ms, end_ms, text } of cues) {
      if (!text.trim()) continue;
      const plain = text.trim().replaceAll("&", "&amp;").replaceAll("<", "&lt;");
      this.track.addCue(new VTTCue(start_ms / 1000, end_ms / 1000, plain));
    }
  }

  /** While it plays, look at each picture: the browser's own news of the time come four times a second. */
  #watch() {
    if (this.#isWatching) return;
    this.#isWatching = true;
    const look = () => {
      if (this.now_ms >= this.#stop_ms) {
        this.#stop_ms = Infinity;
        this.video.pause();
      }
      this.onTime();
      this.#isWatching = !this.video.paused && !this.video.ended;
      if (this.#isWatching) requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  }
}
