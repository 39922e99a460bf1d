/** Who is in the waiting room, each with a button that lets them in. Hosts only. */

import { copyOf, part } from "./parts.js";

/**
 * @param {HTMLElement} list
 * @param {import("./types.js").Knocking[]} knocking
 * @param {import("../recorder/strings.js").Words} words
 */
export function drawKnocks(list, knocking, words) {
  const drawn = knocking.map(({ id }) => id).join(" ");
  if (list.dataset.drawn === drawn) return;
  list.dataset.drawn = drawn;
  list.replaceChildren(
    ...knocking.map(({ id, name }) => {
      const line = copyOf("knock");
      line.dataset.id = id;
      part(line, "who").textContent = words("knocks", { name });
      return line;
    }),
  );
}
