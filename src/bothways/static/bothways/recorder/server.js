/** Talking to the server: one place that knows what an answer means and when to try again. */

/** The server understood and said no, in words for the person. */
export class Refusal extends Error {
  /**
   * @param {string} code
   * @param {string} words
   */
  constructor(code, words) {
    super(words);
    this.code = code;
    this.words = words;
  }
}

/** The line or the server failed; the same request may succeed later. */
export class Disturbance extends Error {
  /** @param {number} wait_s  what the server asked for; 0 when it did not say */
  constructor(wait_s = 0) {
    super("the line or the server failed");
    this.wait_s = wait_s;
  }
}

const LATER = new Set([408, 423, 425, 429]);

/**
 * One request, to its end or to the timeout.
 *
 * @param {string} url
 * @param {RequestInit} options
 * @param {number} timeout_ms
 * @returns {Promise<Response>}
 * @throws {Disturbance}
 */
export async function request(url, options, timeout_ms) {
  // By hand: AbortSignal.timeout and AbortSignal.any are missing from phones that still record well.
  const patience = new AbortController();
  setTimeout(() => patience.abort(), timeout_ms);
  if (options.signal?.aborted) patience.abort();
  options.signal?.addEventListener("abort", () => patience.abort(), { once: true });
  let response;
  try {
    response = await fetch(url, { ...options, signal: patience.signal, cache: "no-store", credentials: "same-origin" });
  } catch (error) {
    if (options.signal?.aborted) throw error;
    throw new Disturbance();
  }
  if (response.status >= 500 || LATER.has(response.status)) {
    throw new Disturbance(Number(response.headers.get("Retry-After")) || 0);
  }
  return response;
}

/** JSON calls of one page. */
export class Server {
  /** @param {{csrf_token: string, headers?: Record<string, string>}} config  `headers` go with every call */
  constructor({ csrf_token, headers = {} }) {
    this.#csrf_token = csrf_token;
    this.#headers = headers;
  }

  #csrf_token;
  #headers;

  /**
   * @template T
   * @param {string} url
   * @param {object} [body]  posted when given
   * @returns {Promise<T>}
   * @throws {Disturbance | Refusal}
   */
  async ask(url, body) {
    const headers = { Accept: "application/json", ...this.#headers };
    const posted = body && {
      method: "POST",
      headers: { ...headers, "Content-Type": "application/json", "X-CSRFToken": this.#csrf_token },
      body: JSON.stringify(body),
    };
    const response = await request(url, posted ?? { headers }, 20_000);
    const answer = await response.json().catch(() => null);
    if (response.ok && answer) return answer;
    if (response.ok) throw new Disturbance();
    throw new Refusal(answer?.error?.code ?? String(response.status), answer?.error?.words ?? "");
  }
}

/**
 * Asks again for as long as the page lives, until the server says yes or no.
 *
 * @template T
 * @param {() => Promise<T>} attempt
 * @param {{onLine?: (up: boolean) => void, signal?: AbortSignal}} [told]
 * @returns {Promise<T>}
 */
export async function persist(attempt, { onLine, signal } = {}) {
  for (let failures = 0; ; failures += 1) {
    try {
      const answer = await attempt();
      onLine?.(true);
      return answer;
    } catch (error) {
      if (!(error instanceof Disturbance)) throw error;
      // One failure is a hiccup, two are a line that is down.
      if (failures > 0 || !navigator.onLine) onLine?.(false);
      await pause(failures, error.wait_s, signal);
    }
  }
}

const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 30_000;

/**
 * Waits longer each time, never in step with others, and no longer than until the line is back.
 *
 * @param {number} failures  so far
 * @param {number} wait_s  at least
 * @param {AbortSignal} [signal]
 */
export function pause(failures, wait_s = 0, signal) {
  const grown = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** failures);
  const wait_ms = Math.max(wait_s * 1000, grown / 2 + (Math.random() * grown) / 2);
  return new Promise((resolve, reject) => {
    const timer = setTimeout(done, wait_ms);
    function done() {
      clearTimeout(timer);
      window.removeEventListener("online", done);
      signal?.removeEventListener("abort", done);
      signal?.aborted ? reject(signal.reason) : resolve(undefined);
    }
    window.addEventListener("online", done);
    signal?.addEventListener("abort", done);
  });
}
