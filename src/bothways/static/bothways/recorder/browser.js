/** Which browser this is, as far as the steps to open the camera differ. Used for help texts only. */

/** Browsers inside other apps: most never get the camera. */
const IN_APP = /FBAN|FBAV|Instagram|Line\/|MicroMessenger|LinkedInApp|Snapchat|TikTok|musical_ly|GSA\/|; wv\)/;

export function inAppBrowser(agent = navigator.userAgent) {
  return IN_APP.test(agent);
}

/**
 * @param {string} [agent]
 * @returns {"ios" | "android" | "firefox" | "safari" | "chrome"}
 */
export function browserName(agent = navigator.userAgent) {
  if (/iPhone|iPad/.test(agent)) return "ios";
  if (/Android/.test(agent)) return "android";
  if (/Firefox\//.test(agent)) return "firefox";
  return /Safari\//.test(agent) && !/Chrom(e|ium)\//.test(agent) ? "safari" : "chrome";
}

/** For the way out of an app that keeps the camera for itself. */
export function copyAddress() {
  void navigator.clipboard?.writeText(location.href).catch(() => {});
}
