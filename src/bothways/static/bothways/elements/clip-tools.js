/**
 * Captions, speed and sign language of somebody who asks: buttons by `data-clip` behind a <bw-clip>.
 *
 * Captions that are switched here stay so: the setting is sent to `data-settings`. Speed and sign language last as long as
 * the tab. An address that is over (they live for an hour) is replaced by the one that the page has now.
 */

const SPEEDS = [1, 0.75, 1.25];

/** @param {import("./clip.js").Clip} clip  @param {HTMLElement} tools */
export function equip(clip, tools) {
  const { video } = clip;
  if (!video) return;
  const button = (/** @type {string} */ name) => /** @type {HTMLButtonElement | null} */ (tools.querySelector(`[data-clip=${name}]`));
  const captions = button("captions");
  const speed = button("speed");
  const sign = button("sign");
  const spoken = { url: video.getAttribute("src") ?? "", poster: video.getAttribute("poster") };
  const gain_db = clip.loudness?.gain_db ?? null;
  const [track] = video.textTracks;
  let wanted = Boolean(video.querySelector("track[default]"));
  let signs = sign?.getAttribute("aria-pressed") === "true";

  const isShown = () => track?.mode === "showing";

  function draw() {
    // Captions are timed to the voice: over the hands they would be wrong.
    const captioned = wanted && !signs;
    if (track) track.mode = captioned ? "showing" : "disabled";
    // A browser chooses again for each source, and takes what is marked.
    for (const each of video?.querySelectorAll("track") ?? []) each.default = captioned && each.track === track;
    captions?.setAttribute("aria-pressed", String(wanted));
    captions?.toggleAttribute("hidden", signs);
    sign?.setAttribute("aria-pressed", String(signs));
  }

  function show() {
    draw();
    if (signs && sign) clip.show(sign.dataset["url"] ?? "", sign.dataset["poster"] || null);
    else clip.show(spoken.url, spoken.poster, gain_db);
    setSpeed(kept("speed", 1));
  }

  /** @param {number} rate */
  function setSpeed(rate) {
    const label = rate.toLocaleString(document.documentElement.lang);
    if (video) video.defaultPlaybackRate = video.playbackRate = rate;
    speed?.setAttribute("aria-label", (speed.dataset["label"] ?? "").replace("{speed}", label));
    const words = speed?.querySelector("span");
    if (words) words.textContent = `${label}×`;
  }

  captions?.addEventListener("click", () => {
    wanted = !wanted;
    draw();
    keepSetting(tools, { captions: wanted });
  });
  // The browser's own menu switches them, too.
  video.textTracks.addEventListener("change", () => {
    if (!signs && track) captions?.setAttribute("aria-pressed", String((wanted = isShown())));
  });
  speed?.addEventListener("click", () => {
    const next = SPEEDS[(SPEEDS.indexOf(video.playbackRate) + 1) % SPEEDS.length] ?? 1;
    keep("speed", next);
    setSpeed(next);
  });
  sign?.addEventListener("click", () => {
    const wasPlaying = !video.paused && !video.ended;
    signs = !signs;
    keep("sign", Number(signs));
    show();
    if (wasPlaying) void clip.play();
  });
  let renewed = 0;
  video.addEventListener("error", async () => {
    if (performance.now() - renewed < 60_000 && renewed) return;
    renewed = performance.now();
    const fresh = await lookAgain(clip);
    if (!fresh) return;
    Object.assign(spoken, fresh.spoken);
    if (sign && fresh.sign) sign.dataset["url"] = fresh.sign;
    const wasPlaying = clip.isAwaited || clip.hasAttribute("data-playing");
    show();
    if (wasPlaying) void clip.play();
  });

  if (sign) signs = Boolean(kept("sign", Number(signs)));
  show();
  if (tools.dataset["when"] === undefined) tools.hidden = false;
}

/**
 * The addresses that the same page has now.
 *
 * @param {HTMLElement} clip
 */
async function lookAgain(clip) {
  const place = [...document.querySelectorAll("bw-clip")].indexOf(clip);
  try {
    const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
    const found = new DOMParser().parseFromString(await answer.text(), "text/html").querySelectorAll("bw-clip")[place];
    const video = found?.querySelector("video");
    const sign = found?.nextElementSibling?.querySelector("[data-clip=sign]")?.getAttribute("data-url");
    return video && { spoken: { url: video.getAttribute("src") ?? "", poster: video.getAttribute("poster") }, sign };
  } catch {
    return null;
  }
}

/**
 * @param {HTMLElement} tools
 * @param {Record<string, unknown>} changes
 */
function keepSetting({ dataset }, changes) {
  if (!dataset["settings"]) return;
  const headers = { "Content-Type": "application/json", "X-CSRFToken": dataset["csrf"] ?? "" };
  // Only for the next page: here it is done already.
  void fetch(dataset["settings"], { method: "POST", headers, body: JSON.stringify(changes), keepalive: true }).catch(() => {});
}

/**
 * @param {string} name
 * @param {number} otherwise
 */
function kept(name, otherwise) {
  try {
    return Number(sessionStorage.getItem(`bothways.clip.${name}`) ?? otherwise);
  } catch {
    return otherwise;
  }
}

/**
 * @param {string} name
 * @param {number} value
 */
function keep(name, value) {
  try {
    sessionStorage.setItem(`bothways.clip.${name}`, String(value));
  } catch {
    // Some browsers keep nothing in private windows. The choice then ends with the page.
  }
}
