/** What only hosts do: let people in and out, ask, record, rate, end. */

import { part } from "./parts.js";

/** @typedef {(type: string, body?: object) => void} Send */

export class Hosting {
  /**
   * @param {object} options
   * @param {Send} options.send
   * @param {import("./guide.js").Guide | null} options.guide
   * @param {() => boolean} options.wish  whether hosts want to record
   * @param {() => string} options.elapsed  the time of the talk
   * @param {(view: import("./sight.js").Here["view"]) => void} options.onView
   * @param {() => void} options.onCopied
   */
  constructor({ send, guide, wish, elapsed, onView, onCopied }) {
    this.#send = send;
    this.#guide = guide;
    this.#wish = wish;
    this.#elapsed = elapsed;
    this.#onView = onView;
    this.#onCopied = onCopied;
  }

  #send;
  #guide;
  #wish;
  #elapsed;
  #onView;
  #onCopied;

  /** @param {string} act @param {HTMLElement} [button] */
  run(act, button) {
    const participant = button?.closest("[data-id]")?.getAttribute("data-id") ?? "";
    const question = button?.closest("li[data-question]")?.getAttribute("data-question") ?? "";
    switch (act) {
      case "admit":
        return this.#send("admit", { participant });
      case "remove":
        part(document, "remove-title").textContent = button?.textContent ?? "";
        return decide("remove", () => this.#send("remove", { participant }));
      case "record":
        return this.#send("record", { on: !this.#wish() });
      case "end":
        return decide("end", () => this.#send("end"));
      case "invite":
        return void navigator.clipboard.writeText(location.href).then(this.#onCopied, () => {});
      case "ask":
        return this.#send("ask", { question });
      case "ask-next":
        return this.#guide?.next ? this.#send("ask", { question: this.#guide.next }) : undefined;
      case "done":
        return this.#send("ask", { question: null });
      case "unfold":
        return this.#guide?.unfold(question);
      case "stamp":
        return this.#guide?.card(question || undefined)?.stamp(this.#elapsed());
      case "view-guide":
        return this.#look("guide");
      case "view-answers":
        return this.#look("answers");
      case "view-card":
        return this.#look("card");
      default:
        if (act.startsWith("rate-")) this.#guide?.card()?.rate(act.slice("rate-".length));
    }
  }

  /** @param {import("./sight.js").Here["view"]} view */
  #look(view) {
    this.#guide?.showAll(view === "card");
    this.#onView(view);
  }
}

/**
 * @param {string} name  of the sheet, whose button for yes bears its name
 * @param {() => void} then
 */
function decide(name, then) {
  const sheet = /** @type {HTMLDialogElement} */ (part(document, name));
  sheet.returnValue = "";
  sheet.addEventListener("close", () => sheet.returnValue === name && then(), { once: true });
  sheet.showModal();
}
