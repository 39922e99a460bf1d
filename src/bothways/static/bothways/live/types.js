/**
 * What is shared by the modules of the room. Only types.
 *
 * @typedef {object} Media  What somebody sends just now.
 * @property {boolean} camera
 * @property {boolean} microphone
 * @property {boolean} screen
 * @property {"full" | "low" | "voice"} quality
 *
 * @typedef {object} Person  Somebody who is in the room.
 * @property {string} id
 * @property {string} name
 * @property {"host" | "candidate"} kind
 * @property {string} title
 * @property {string} epoch  made anew by each load of their page
 * @property {Media | null} media
 * @property {boolean | null} consent  null: has not said
 * @property {boolean} reads  has captions on
 * @property {boolean} captioned  their own words may stand in captions
 *
 * @typedef {{id: string, name: string, kind: string}} Knocking
 *
 * @typedef {{bitrate: number, width: number, height: number, fps: number}} Caps  most to send to each of the others
 *
 * @typedef {"voice" | "camera" | "screen"} Purpose
 * @typedef {"connecting" | "connected" | "reconnecting" | "failed"} Way
 * @typedef {"relay_refused" | "relay_unreachable" | "no_way"} Why
 *
 * @typedef {{id: string, from: string, name: string, text: string, at_ms: number}} Message
 * @typedef {{question: string, text: string, at_ms: number}} Asked
 *
 * @typedef {import("./socket.js").Room} Room
 *
 * @typedef {object} Config  As web/room_page.py makes it.
 * @property {string} room
 * @property {"host" | "candidate"} kind
 * @property {string} socket_url
 * @property {string} ticket
 * @property {string} legs_url
 * @property {string} csrf_token
 * @property {number} starts_ms
 * @property {number} ends_ms
 * @property {number} late_after_ms  so long after the beginning who is not there is late
 * @property {number} gone_after_ms  and so long after it nobody has to wait for them any longer
 * @property {number} now_ms  when the page was made, on the server's clock
 * @property {RTCIceServer[]} ice
 * @property {{version: string, words: string[]}} consent
 * @property {string} captions  the address of microphone.js; empty where there are no captions
 * @property {{name: string}} you
 * @property {import("./card.js").Scorecard} scorecard  hosts only, as the next one
 * @property {boolean} scorecard_opens
 */

export {};
