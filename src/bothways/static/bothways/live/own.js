/** What we send: our microphone, our camera, our screen. Each can be missing, and nothing of it is open without a press. */

import { closeDevices, openDevices, watchTracks } from "../recorder/devices.js";
import { readPrefs, writePrefs } from "../recorder/prefs.js";

/** @typedef {import("../recorder/types.js").Trouble} Trouble */
/** @typedef {"camera" | "microphone"} Kind */

const SIZE = { width: 1280, height: 720, frames: 30 };

export class OwnMedia {
  /** @param {{onChange: () => void, onLost: () => void}} told  something is sent or not any more; a device is gone */
  constructor({ onChange, onLost }) {
    this.#onChange = onChange;
    this.#onLost = onLost;
  }

  #onChange;
  #onLost;
  /** What is sent. It is a new one whenever a device changes. */
  stream = new MediaStream();
  /** @type {MediaStreamTrack | null} */
  screen = null;
  /** @type {Trouble | null} */
  trouble = null;

  get microphone() {
    return this.stream.getAudioTracks().some((track) => track.enabled);
  }

  get camera() {
    return this.stream.getVideoTracks().length > 0;
  }

  get hasMicrophone() {
    return this.stream.getAudioTracks().length > 0;
  }

  /**
   * Opens both, or the microphone alone. What was open is closed first: some cameras open only once.
   *
   * @param {boolean} withCamera
   * @returns {Promise<boolean>} whether it worked; if not, `trouble` says why
   */
  async open(withCamera) {
    const muted = this.hasMicrophone && !this.microphone;
    closeDevices(this.stream);
    const { camera, microphone, clean_sound } = readPrefs();
    const choice = { camera, microphone, clean_sound, in_talk: true };
    const { stream, trouble } = await openDevices(withCamera ? "video" : "audio", choice, SIZE);
    this.trouble = trouble;
    this.#take(stream ?? new MediaStream());
    if (muted) this.mute(true);
    return stream !== null;
  }

  /** @param {boolean} muted */
  mute(muted) {
    for (const track of this.stream.getAudioTracks()) track.enabled = !muted;
    this.#onChange();
  }

  /** Off means off: the light goes out. @param {boolean} on */
  async switchCamera(on) {
    if (!on) {
      for (const track of this.stream.getVideoTracks()) track.stop();
      this.#take(new MediaStream(this.stream.getAudioTracks()));
      return true;
    }
    return this.open(true);
  }

  /**
   * @param {Kind} kind
   * @param {string} device
   */
  async choose(kind, device) {
    writePrefs({ [kind]: device });
    return this.open(this.camera || kind === "camera");
  }

  /** @returns {Promise<boolean>} false when the person changed their mind, or the browser cannot */
  async shareScreen() {
    const shared = await navigator.mediaDevices.getDisplayMedia?.({ video: { frameRate: { max: 15 } } }).catch(() => null);
    const [track] = shared?.getVideoTracks() ?? [];
    if (!track) return false;
    // Words on a slide have to stay sharp.
    track.contentHint = "detail";
    track.addEventListener("ended", () => this.stopSharing());
    this.screen = track;
    this.#onChange();
    return true;
  }

  stopSharing() {
    this.screen?.stop();
    this.screen = null;
    this.#onChange();
  }

  close() {
    closeDevices(this.stream);
    this.screen?.stop();
  }

  /** @param {MediaStream} stream */
  #take(stream) {
    this.stream = stream;
    watchTracks(stream, { onEnded: () => stream === this.stream && this.#onLost(), onInterrupted: () => {} });
    this.#onChange();
  }
}

export const canShareScreen = () => typeof navigator.mediaDevices?.getDisplayMedia === "function";
