/**
 * <bw-prompt-file>: sends a chosen video or audio file as a prompt, over the same line as recorded ones.
 *
 * The file stays on the device until the server has all of it; a lost line goes on where it stopped. The attributes
 * `config` and `strings` name the page's blocks, as for the recorder.
 */

import { Refusal, Server, persist } from "../../recorder/server.js";
import { readConfig, readStrings } from "../../recorder/strings.js";
import { settle } from "../../recorder/take.js";
import { Upload } from "../../recorder/upload.js";

/** @typedef {{open_url: string, takes_url: string, next_url: string, csrf_token: string, max_bytes: number}} Config */

class PromptFile extends HTMLElement {
  connectedCallback() {
    /** @type {Config} */
    this.config = readConfig(this);
    this.words = readStrings(this);
    this.#server = new Server(this.config);
    this.querySelector("input")?.addEventListener("change", (event) => this.#chosen(event));
    window.addEventListener("beforeunload", (event) => {
      if (this.#isSending) event.preventDefault();
    });
  }

  /** @type {Server | null} */
  #server = null;
  #isSending = false;

  /** @param {Event} event */
  async #chosen({ target }) {
    const input = /** @type {HTMLInputElement} */ (target);
    const file = input.files?.[0];
    if (!file || this.#isSending) return;
    this.#isSending = true;
    input.disabled = true;
    try {
      await this.#send(file);
    } catch (error) {
      this.#isSending = false;
      input.disabled = false;
      input.value = "";
      this.#say(error instanceof Refusal && error.words ? error.words : this.#wordsFor(error), true);
    }
  }

  /** @param {File} file */
  async #send(file) {
    const { config, words } = this;
    const server = /** @type {Server} */ (this.#server);
    const kind = file.type.split("/")[0];
    if (!config || !words) return;
    if (file.size > config.max_bytes) throw new Refusal("too_large", words("file_too_large"));
    if (kind !== "video" && kind !== "audio") throw new Refusal("not_media", words("file_not_media"));
    const told = { onLine: (/** @type {boolean} */ up) => up || this.#say(words("file_offline")) };
    const asked = { client_key: crypto.randomUUID(), mime: file.type, kind };
    const open = () => persist(() => server.ask(config.open_url, asked), told);
    /** @type {import("../../recorder/types.js").Opened} */
    const opened = await open();
    const upload = new Upload({
      open: async () => (await open()).upload,
      source: {
        read: async (offset, most) => (offset < file.size ? file.slice(offset, offset + most) : null),
        acknowledge: async (offset) => this.#progress(offset / file.size),
      },
      onLine: told.onLine,
      signal: new AbortController().signal,
    });
    upload.close(file.size);
    await upload.run();
    const finish = { bytes: file.size, duration_ms: null, mime: file.type };
    await persist(() => server.ask(`${opened.take_url}/finish`, finish), told);
    this.#say(words("file_preparing"));
    const take = await settle(server, opened.take_url, told.onLine);
    if (take.state === "failed") throw new Refusal(take.failure?.code ?? "", take.failure?.words ?? "");
    await persist(() => server.ask(`${opened.take_url}/choose`, {}), told);
    this.#say(words("file_done"));
    this.#isSending = false;
    location.assign(config.next_url);
  }

  /** @param {number} share  from 0 to 1 */
  #progress(share) {
    this.querySelector(".bar")?.removeAttribute("hidden");
    this.querySelector(".bar rect")?.setAttribute("width", `${Math.round(share * 100)}%`);
    this.#say(this.words?.("file_sending", { percent: Math.floor(share * 100) }) ?? "");
  }

  /**
   * @param {string} sentence
   * @param {boolean} [is_error]
   */
  #say(sentence, is_error = false) {
    const place = this.querySelector("[data-say]");
    if (!place) return;
    place.textContent = sentence;
    place.classList.toggle("error", is_error);
  }

  /** @param {unknown} error */
  #wordsFor(error) {
    const code = error instanceof Refusal ? error.code : "";
    return this.words?.(code === "too_large" ? "file_too_large" : "file_failed") ?? "";
  }
}

customElements.define("bw-prompt-file", PromptFile);
