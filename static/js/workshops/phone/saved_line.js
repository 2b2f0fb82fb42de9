// What the top of the phone says of the line: whether all is saved, and who is away where it is not.
import { plural, withUnsaved } from "app/lib/words.js"

/**
 * @typedef {object} Line
 * @property {boolean} reached whether the server answers
 * @property {boolean} checking whether nobody knows yet
 * @property {number} waiting how much it has not answered
 * @property {number} refused how much it would not take
 * @property {boolean} network whether this phone has a network
 * @property {string} away what the server said where it can store nothing just now, or ""
 * @property {boolean} unkept whether this phone has no room for what waits
 * @property {string} ended why it is over for this person, or ""
 */

/** @param {Line} line @returns {{ state: string, words: string }} */
export function savedWords(line) {
  if (line.ended) return { state: "offline", words: line.ended }
  if (line.away) return { state: "offline", words: awayWords(line) }
  if (!line.reached && !line.checking) return { state: "offline", words: awayWords(line) }
  if (line.waiting) return { state: "sending", words: `Sending ${line.waiting}` }
  if (line.checking) return { state: "checking", words: withUnsaved("Checking", line.refused) }
  if (line.refused) return { state: "unsaved", words: withUnsaved("Saved", line.refused) }
  return { state: "saved", words: "✓ Saved" }
}

/** @param {Line} line */
function awayWords({ network, away, waiting, unkept }) {
  const server = away || "The server does not answer. Trying again."
  const who = network ? server : "This phone has no network."
  if (!waiting) return who
  if (unkept) return `${who} Keep this page open: ${plural(waiting, "thing")} could not be kept.`
  return `${who} ${plural(waiting, "thing")} kept on this phone.`
}

export class SavedLine {
  #wasAway = false

  /** @param {(words: string, atOnce: boolean) => void} say */
  constructor(say) {
    this.say = say
  }

  /** What it says; that the line is lost is said at once when it becomes so. @param {Line} line */
  draw(line) {
    const { state, words } = savedWords(line)
    const place = /** @type {HTMLElement} */ (document.getElementById("saved"))
    place.dataset.state = state
    if (place.textContent !== words) place.textContent = words
    if (state === "checking") return
    const isAway = state === "offline"
    if (isAway !== this.#wasAway) this.say(isAway ? words : "Connected again.", isAway)
    this.#wasAway = isAway
  }
}
