/** Who has said yes to being recorded, in words. */

import { copyOf } from "./parts.js";

/** @typedef {import("./state.js").RoomState} RoomState */

/**
 * @param {HTMLElement} list
 * @param {RoomState} state
 * @param {import("../recorder/strings.js").Words} words
 */
export function drawConsent(list, { people, agreed }, words) {
  const lines = [
    { text: words(agreed ? "you_yes" : "you_not_yet"), yes: agreed },
    ...people.map(({ name, consent }) => ({ text: words(consent ? "said_yes" : "not_yet", { name }), yes: Boolean(consent) })),
  ];
  const drawn = lines.map(({ text, yes }) => `${yes} ${text}`).join("\n");
  if (list.dataset.drawn === drawn) return;
  list.dataset.drawn = drawn;
  list.replaceChildren(
    ...lines.map(({ text, yes }) => {
      const line = copyOf("yes-line");
      line.dataset.is = yes ? "done" : "open";
      line.textContent = text;
      return line;
    }),
  );
}
