/**
 * The shapes that the recorder's modules hand to one another. No code: nothing loads this file at run time.
 *
 * @typedef {"video" | "audio"} Kind
 *
 * @typedef {"video" | "audio" | "sign"} Mode  How the person answers; in sign no microphone is needed.
 *
 * @typedef {object} Playback  Where the server's copy of a take can be played. The address is short-lived.
 * @property {string} url
 * @property {string} mime
 * @property {string | null} poster
 * @property {number | null} [gain_db]  so that all are equally loud
 *
 * @typedef {{code: string, words: string}} Failure  Words for the person; without them the page has its own for the code.
 *
 * @typedef {object} TakeState  What the server says about one take (GET of its address).
 * @property {string} take
 * @property {number} number
 * @property {"receiving" | "received" | "ready" | "failed"} state
 * @property {number} offset  bytes that are durably stored
 * @property {number | null} bytes  declared length, once the take is finished
 * @property {number | null} duration_ms
 * @property {boolean} chosen
 * @property {Playback | null} playback
 * @property {Failure | null} failure
 * @property {SegmentState[]} [segments]  oldest first
 * @property {number | null} [safe_ms]  how much of it can be played, as far as the server knows
 * @property {Finding[]} [findings]  what is missing in it
 * @property {boolean} [measuring]  whether the findings are not known yet, and come in a moment
 * @property {number | null} [takes_left]  only where one take is asked for; null: as many as wanted
 *
 * @typedef {"no_sound" | "no_speech" | "black_picture"} Finding
 *
 * @typedef {object} SegmentState  What the server says about one segment of a take.
 * @property {number} number
 * @property {number} offset
 * @property {number | null} bytes
 * @property {number | null} duration_ms
 *
 * @typedef {object} Opened  The server's answer to opening a take.
 * @property {string} take
 * @property {number} number
 * @property {number | null} takes_left  null: as many as wanted
 * @property {{url: string, token: string}} upload
 * @property {string} take_url
 * @property {number} max_bytes
 *
 * @typedef {object} Config  What the page tells the recorder (README.md in this folder).
 * @property {string} open_url
 * @property {string} [place]  names what is answered on this device for ever; links to it may differ. Without it: open_url
 * @property {string} takes_url  base of the takes' addresses: `<takes_url>/<take>`
 * @property {string | null} next_url
 * @property {string} csrf_token
 * @property {number | null} answer_limit_s  null: no limit but the technical ceiling
 * @property {number} [now_ms]  when the server made the page, milliseconds since 1970
 * @property {number} notice_s
 * @property {number} grace_s
 * @property {number | null} think_limit_s
 * @property {number | null} think_left_s
 * @property {string | null} think_url
 * @property {number | null} takes_left
 * @property {TakeState[]} takes
 * @property {Partial<Settings>} [settings]  as the server remembers them; without: as this device does
 * @property {string} [settings_url]  takes changes of the settings
 * @property {boolean} [segments]  the server joins several segments; without it a recording that breaks off ends
 *
 * @typedef {object} Limits  All in milliseconds of recorded time.
 * @property {number} limit_ms
 * @property {number} notice_ms  how long before the limit the notice comes
 * @property {number} grace_ms
 *
 * @typedef {"plenty" | "half" | "notice" | "grace" | "over"} Mark  How far the time of an answer has run.
 *
 * @typedef {"asking" | "opening" | "thinking" | "recording" | "paused" | "held" | "stopping" | "saving" | "reviewing"
 *   | "leaving" | "blocked" | "failed"} Phase
 *
 * @typedef {"device_lost" | "interrupted" | "hidden" | "no_data" | "browser_gave_up" | "found" | "elsewhere"} HeldBy
 *   Why a take that is begun rests: a fault while recording, found on this device, or begun on another one.
 *
 * @typedef {"denied" | "denied_by_system" | "dismissed" | "busy" | "missing" | "missing_camera" | "missing_microphone"
 *   | "insecure" | "in_app" | "unsupported" | "overconstrained" | "unknown"} Trouble
 *
 * @typedef {"lost" | "limit" | null} EndedBy  Why a recording ended without a press on Stop.
 *
 * @typedef {"good" | "quiet" | null} Heard  What the microphone brings; null: not known.
 *
 * @typedef {object} Settings  What the person chose, without telling anybody who rates.
 * @property {Mode} mode
 * @property {"auto" | "on" | "off"} picture  self-view; auto: while thinking only
 * @property {"bar" | "digits" | "none"} timer
 * @property {string} answer_time  how long an answer may be; the server says what that comes to
 *
 * @typedef {Settings & Progress} State
 *
 * @typedef {object} Progress
 * @property {Phase} phase
 * @property {boolean} offline
 * @property {Trouble | null} trouble
 * @property {EndedBy} ended_by
 * @property {boolean} found  the take in progress was found on the device after a reload
 * @property {HeldBy | null} held_by  a take is begun and rests; also while the camera opens to go on with it
 * @property {boolean} interrupted  the camera or microphone is silent for now (a phone call, another app)
 * @property {boolean} kept_in_memory  the device refused to store parts: a reload would lose what is not sent yet
 * @property {string} told  what the server had to say about a fault
 * @property {boolean} other_tab  another tab of this browser has a take of this answer
 * @property {boolean} cramped  this device is nearly full
 * @property {"picture" | "smaller" | "voice"} sends  what is recorded now that the line or the device is weak
 * @property {number | null | undefined} answer_limit_s  changed on this page; undefined: as the page was made
 * @property {number} elapsed_ms
 * @property {number} safe_ms
 * @property {number} thought_ms
 * @property {Mark} mark
 * @property {Heard} heard
 * @property {number | null} takes_left
 * @property {TakeState[]} takes  those that can be played, oldest first
 * @property {string | null} selected
 * @property {Failure | null} failure
 *
 * @typedef {object} Segment  One recording without a break: a file of its own.
 * @property {number} slot  in the journal on this device, from 1
 * @property {number} number  in the take, from 1; another device may have recorded some of the others
 * @property {string} key  made on the device; opening twice with it gives one upload
 * @property {string} mime
 * @property {string} asked  the type asked of the browser
 * @property {number} from_ms  of the take, where it begins
 * @property {number} bytes  recorded so far
 * @property {number} duration_ms  recorded so far
 * @property {number} safe_bytes  of these on the server
 *
 * @typedef {object} Entry  One take in the journal on the device.
 * @property {string} key  made on the device; opening twice with it gives one take
 * @property {string} place  what is answered
 * @property {Kind} kind
 * @property {number} started_at  milliseconds since 1970, by the server
 * @property {string | null} take  the server's name for it, once it has one
 * @property {number} after  the last segment that another device recorded, 0 for none
 * @property {boolean} ended  the person has ended it: whatever is here goes up without asking again
 * @property {number} duration_ms  of the whole take, recorded so far
 * @property {number} safe_ms  of these on the server
 * @property {Segment[]} segments  recorded on this device
 *
 * @typedef {object} Channel  The way of one segment's parts.
 * @property {(part: Blob, at_ms: number) => void} add  at_ms: recorded time of the take at the end of the part
 * @property {() => void} close  after the last part
 *
 * @typedef {object} Sink  Where a recording goes.
 * @property {(mime: string, from_ms: number, asked: string) => Channel} segment
 * @property {(code: string, detail?: string) => void} fault  tells the administrator, never the raters
 * @property {(duration_ms: number) => Promise<TakeState>} end  settles when the take can be played or cannot be used
 * @property {() => Promise<TakeState | null>} abandon  another take is begun instead
 * @property {boolean} kept_in_memory
 */

export {};
