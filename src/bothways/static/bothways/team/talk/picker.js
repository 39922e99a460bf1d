/** Who can be named in a comment: a list below the field, by keys, by touch and for screen readers. */

/** @typedef {{name: string, writes: string, hint: string}} Person */

const LONGEST = 8;

export class Picker {
  /** @type {HTMLTextAreaElement | null} */
  #area = null;
  /** @type {Person[]} */
  #found = [];
  #at = 0;

  /** After each keystroke. @param {HTMLTextAreaElement} area */
  look(area) {
    const typed = this.#typed(area);
    if (typed === null) return this.close();
    const facts = JSON.parse(document.getElementById("talk-people")?.textContent ?? "{}");
    const begun = typed.toLocaleLowerCase();
    /** @type {Person[]} */
    const people = facts.people ?? [];
    const fits = people.filter(({ name, writes }) =>
      [name, writes, ...name.split(" ")].some((word) => word.toLocaleLowerCase().startsWith(begun)),
    );
    // Whoever stands there in full already is chosen, and a sentence goes on behind the name.
    if (!fits.length || fits.some(({ writes }) => writes.toLocaleLowerCase() === begun)) return this.close();
    this.#area = area;
    this.#found = fits.slice(0, LONGEST);
    this.#at = 0;
    this.#show(facts.found ?? "");
  }

  /** @param {KeyboardEvent} event @param {HTMLTextAreaElement} area */
  key(event, area) {
    if (this.#area !== area || event.isComposing) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) this.#move(this.#at + step);
    else if (event.key === "Enter" || event.key === "Tab") this.#take(this.#at);
    else if (event.key === "Escape") this.close();
    else return;
    event.preventDefault();
  }

  close() {
    if (!this.#area) return;
    this.#list.hidden = true;
    this.#list.replaceChildren();
    for (const name of ["aria-activedescendant", "aria-controls", "aria-autocomplete"]) this.#area.removeAttribute(name);
    this.#told.textContent = "";
    this.#area = null;
  }

  /** What of a name stands before the cursor; null where none is begun. @param {HTMLTextAreaElement} area */
  #typed(area) {
    const before = area.value.slice(0, area.selectionStart);
    const found = /(?:^|[^\p{L}\p{N}_])@([\p{L}\p{M}\p{N}_.'’-]{0,40}(?: [\p{L}\p{M}\p{N}_.'’-]{0,40})?)$/u.exec(before);
    return found?.[1] ?? null;
  }

  /** @param {string} words */
  #show(words) {
    const area = /** @type {HTMLTextAreaElement} */ (this.#area);
    const options = this.#found.map((person, at) => this.#option(person, at));
    this.#list.replaceChildren(...options);
    this.#list.hidden = false;
    area.setAttribute("aria-autocomplete", "list");
    area.setAttribute("aria-controls", this.#list.id);
    this.#told.textContent = words.replace("{many}", String(options.length));
    this.#move(0);
  }

  /** @param {Person} person @param {number} at */
  #option(person, at) {
    const option = document.createElement("li");
    option.setAttribute("role", "option");
    option.id = `${this.#list.id}-${at}`;
    const name = document.createElement("bdi");
    name.textContent = person.name;
    const hint = document.createElement("span");
    hint.className = "tiny soft";
    hint.textContent = [person.writes === person.name ? "" : person.writes, person.hint].filter(Boolean).join(", ");
    option.append(name, hint);
    // Before the field loses the focus.
    option.addEventListener("pointerdown", (event) => {
      event.preventDefault();
      this.#take(at);
    });
    return option;
  }

  /** @param {number} at */
  #move(at) {
    const options = [...this.#list.children];
    this.#at = (at + options.length) % options.length;
    options.forEach((option, place) => option.setAttribute("aria-selected", String(place === this.#at)));
    const option = /** @type {Element} */ (options[this.#at]);
    option.scrollIntoView({ block: "nearest" });
    this.#area?.setAttribute("aria-activedescendant", option.id);
  }

  /** @param {number} at */
  #take(at) {
    const area = /** @type {HTMLTextAreaElement} */ (this.#area);
    const typed = this.#typed(area) ?? "";
    const { writes } = /** @type {Person} */ (this.#found[at]);
    area.setRangeText(`${writes} `, area.selectionStart - typed.length, area.selectionStart, "end");
    this.close();
    area.dispatchEvent(new InputEvent("input", { bubbles: true }));
  }

  get #field() {
    return /** @type {HTMLElement} */ (this.#area?.closest(".field"));
  }

  get #list() {
    return /** @type {HTMLElement} */ (this.#field.querySelector("[role=listbox]"));
  }

  get #told() {
    return /** @type {HTMLElement} */ (this.#field.querySelector("[data-part=picker-told]"));
  }
}
