/** Notes while thinking: on this device only, for as long as the tab lives, and gone once the answer is chosen. */

/**
 * @param {ParentNode} scope
 * @param {string} place  what they belong to
 */
export function keepNotes(scope, place) {
  const name = `bothways.notes ${place}`;
  const field = scope.querySelector("textarea[data-notes]");
  if (field instanceof HTMLTextAreaElement) {
    field.value = attempt(() => sessionStorage.getItem(name)) ?? "";
    field.addEventListener("input", () => attempt(() => sessionStorage.setItem(name, field.value)));
  }
  return { forget: () => void attempt(() => sessionStorage.removeItem(name)) };
}

/**
 * Storage may be closed to this page; notes then live in the field alone.
 *
 * @template T
 * @param {() => T} work
 * @returns {T | undefined}
 */
function attempt(work) {
  try {
    return work();
  } catch {
    return undefined;
  }
}
