/** What people write to everybody in the room. */

import { copyOf, part } from "./parts.js";

/** @typedef {import("./types.js").Message} Message */

export class Chat {
  /**
   * @param {HTMLElement} scope
   * @param {(key: string, text: string) => void} send
   */
  constructor(scope, send) {
    this.#list = part(scope, "messages");
    const form = scope.querySelector('form[data-part="chat"]');
    const field = form?.querySelector("input");
    form?.addEventListener("submit", (event) => {
      event.preventDefault();
      const text = field?.value.trim();
      if (!field || !text) return;
      // Made here, so that what is sent twice over a broken line is said once.
      send(crypto.randomUUID(), text);
      field.value = "";
    });
  }

  #list;
  /** @type {Set<string>} */
  #known = new Set();

  get count() {
    return this.#known.size;
  }

  /** @param {Message} message @returns {boolean} whether it is a new one */
  add({ id, name, text, at_ms }) {
    if (this.#known.has(id)) return false;
    this.#known.add(id);
    const line = copyOf("message");
    part(line, "name").textContent = name;
    part(line, "text").textContent = text;
    part(line, "at").textContent = new Date(at_ms).toLocaleTimeString(document.documentElement.lang, {
      hour: "2-digit",
      minute: "2-digit",
    });
    this.#list.append(line);
    this.#list.scrollTop = this.#list.scrollHeight;
    return true;
  }

  focus() {
    document.getElementById("chat-text")?.focus();
  }
}
