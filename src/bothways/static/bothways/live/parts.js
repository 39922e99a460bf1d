/** Finding and making the parts of the page, all of which the server wrote. */

/**
 * @param {ParentNode} scope
 * @param {string} name
 * @returns {HTMLElement}
 */
export function part(scope, name) {
  const found = scope.querySelector(`[data-part="${name}"]`);
  if (!(found instanceof HTMLElement)) throw new Error(`the page has no part ${name}`);
  return found;
}

/**
 * A new copy of a template of the page.
 *
 * @param {string} name
 * @returns {HTMLElement}
 */
export function copyOf(name) {
  const template = document.querySelector(`template[data-part="${name}"]`);
  const first = template instanceof HTMLTemplateElement ? template.content.firstElementChild : null;
  if (!(first instanceof HTMLElement)) throw new Error(`the page has no template ${name}`);
  return /** @type {HTMLElement} */ (first.cloneNode(true));
}

/** @param {number} ms  as 0:19 or 12:04 */
export function clock(ms) {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}
