/** The sound of our own microphone on its way to the server, as long as somebody reads along. */

export class OwnWords {
  /**
   * @param {string} url  of microphone.js
   * @param {(sound: ArrayBuffer) => void} send
   */
  constructor(url, send) {
    this.#url = url;
    this.#send = send;
  }

  #url;
  #send;
  /** @type {MediaStreamTrack | null} */
  #track = null;
  /** @type {AudioContext | null} */
  #context = null;

  /** @param {MediaStreamTrack | null} track  null: nothing is heard any more */
  take(track) {
    if (track === this.#track) return;
    if (this.#track) this.#send(new ArrayBuffer(0));
    void this.#context?.close();
    this.#track = track;
    this.#context = track ? new AudioContext() : null;
    if (track && this.#context) void this.#listen(track, this.#context);
  }

  /** @param {MediaStreamTrack} track @param {AudioContext} context */
  async #listen(track, context) {
    // Not awaited: without a sound device it never settles.
    void context.resume().catch(() => {});
    await context.audioWorklet.addModule(this.#url);
    if (track !== this.#track) return;
    const microphone = new AudioWorkletNode(context, "bw-microphone");
    // It stays silent, but some browsers let nothing pass that leads nowhere.
    microphone.connect(context.destination);
    microphone.port.onmessage = ({ data }) => track === this.#track && this.#send(data);
    context.createMediaStreamSource(new MediaStream([track])).connect(microphone);
  }
}
