/**
 * Which file to play: the recording's own streams where this browser knows them, else the one that plays everywhere; or,
 * where somebody only listens, the voice alone.
 * Addresses are short-lived; when one is over, a fresh one is fetched and playing goes on where it was.
 */

/** @typedef {{kind: "playable" | "universal" | "voice", url: string, mime: string}} Source */

/** Where the device keeps whether somebody listens without the picture: "yes" or "no". */
export const LISTEN_KEPT_AS = "bothways.player.listen";

export class Sources {
  /** @type {Source[]} */
  #all;
  /** @type {Source[]} */
  #left;
  #listening;
  #refreshed = 0;

  /**
   * @param {HTMLMediaElement} media
   * @param {{sources: Source[], media_url: string | null}} config
   * @param {() => void} onFailure  nothing can be played
   * @param {boolean} listening  begin with the voice alone
   */
  constructor(media, config, onFailure, listening) {
    this.media = media;
    this.mediaUrl = config.media_url;
    this.onFailure = onFailure;
    this.#all = config.sources;
    this.#listening = listening;
    this.#left = this.#playable();
    media.addEventListener("error", () => void this.#next());
    this.#load(this.#left.shift());
  }

  /**
   * From here on the voice alone, or everything again.
   * @param {boolean} only
   */
  listen(only) {
    this.#listening = only;
    this.#left = this.#playable();
    this.#load(this.#left.shift());
  }

  #playable() {
    const wanted = this.#all.filter((source) => (source.kind === "voice") === this.#listening);
    const known = wanted.filter((source) => this.media.canPlayType(source.mime) !== "");
    return known.length ? known : wanted;
  }

  async #next() {
    const code = this.media.error?.code;
    if (code === MediaError.MEDIA_ERR_ABORTED) return;
    const another = this.#left.shift();
    if (another) return this.#load(another);
    const fresh = await this.#fetch();
    this.#load(fresh);
  }

  async #fetch() {
    if (!this.mediaUrl) return undefined;
    // Once a minute at most: a file that is broken stays broken.
    if (performance.now() - this.#refreshed < 60_000 && this.#refreshed) return undefined;
    this.#refreshed = performance.now();
    try {
      const answer = await fetch(this.mediaUrl, { redirect: "error" });
      if (!answer.ok) return undefined;
      this.#all = (await answer.json()).sources;
      this.#left = this.#playable();
      return this.#left.shift();
    } catch {
      return undefined;
    }
  }

  /** @param {Source | undefined} source */
  #load(source) {
    if (!source) return this.onFailure();
    const { media } = this;
    if (media.getAttribute("src") === source.url) return;
    const at = media.currentTime;
    const wasPlaying = !media.paused && at > 0;
    const speed = media.playbackRate;
    media.src = source.url;
    if (at > 0) {
      media.addEventListener(
        "loadedmetadata",
        () => {
          media.currentTime = at;
          media.playbackRate = speed;
          if (wasPlaying) void media.play();
        },
        { once: true },
      );
    }
  }
}
