/** How much this device can still keep. */

/** Some minutes of a picture. Below this it may be full before the line has taken anything off. */
const LITTLE = 60 * 1024 * 1024;

/** @returns {Promise<boolean>} whether it is nearly full; a browser that does not tell counts as no */
export async function isNearlyFull() {
  try {
    const { quota = Infinity, usage = 0 } = await navigator.storage.estimate();
    return quota - usage < LITTLE;
  } catch {
    return false;
  }
}
