// What becomes of a text when somebody chooses between two versions that clashed (T2). Pure.

import { merge } from "./merge3.js"

/**
 * @typedef {object} Versions
 * @property {string} yours
 * @property {string} theirs
 * @property {"yours" | "theirs"} shown which of the two the board showed when they clashed
 */

/**
 * The text as it stands now with the choice done to it: what was written since stays. Null where that clashes again.
 * @param {Versions} versions
 * @param {"yours" | "theirs" | "both"} choice
 * @param {string} now
 * @returns {string | null}
 */
export function choose({ yours, theirs, shown }, choice, now) {
  if (choice === "both") return withBoth(now, shown === "yours" ? theirs : yours)
  const base = shown === "yours" ? yours : theirs
  return merge(base, choice === "yours" ? yours : theirs, now)
}

/** Both people may choose this: they get the same text. @param {string} now @param {string} other */
function withBoth(now, other) {
  return `\n${now}\n`.includes(`\n${other}\n`) ? now : `${now}\n${other}`
}
