// One's own edits of a text box, to undo and redo while others' words come in between. Pure.
// Browsers forget theirs when a script changes the text.

/** @typedef {import("./rebase.js").Patch} Patch */
/** @typedef {{ at: number, added: string, removed: string }} Step where `added` stands in the text, undoing puts `removed` */

const MOST = 500

export class EditHistory {
  /** Newest last; each is placed in the text as it is once the newer ones are undone. @type {Step[]} */
  #undo = []
  /** @type {Step[]} */
  #redo = []
  /** Whether steps can be undone no more that were done. */
  #lost = false

  /** Whether all that one wrote is taken back. */
  get isTakenBack() {
    return !this.#lost && this.#redo.length > 0 && this.#undo.length === 0
  }

  /** An edit of one's own; letters typed one after another become one step a word. @param {string} before @param {string} after @param {number} caret after it */
  record(before, after, caret) {
    const step = stepOf(before, after, caret)
    const last = this.#undo.at(-1)
    this.#redo = []
    const one = last && continued(last, step)
    if (one) this.#undo.pop()
    this.#undo.push(one || step)
    if (this.#undo.length <= MOST) return
    this.#undo.shift()
    this.#lost = true
  }

  /** Others' words came in: one's own edits stand elsewhere now. @param {Patch[]} patches from left to right */
  rebase(patches) {
    for (const patch of patches.toReversed()) {
      const steps = this.#undo.length
      this.#undo = rebased(this.#undo, patch)
      this.#lost ||= this.#undo.length < steps
      this.#redo = rebased(this.#redo, patch)
    }
  }

  /** @param {string} text @returns {Patch | null} what takes the newest edit back */
  undo(text) {
    const steps = this.#undo.length
    const patch = change(text, this.#undo, this.#redo)
    this.#lost ||= !patch && steps > 0
    return patch
  }

  /** @param {string} text @returns {Patch | null} */
  redo(text) {
    return change(text, this.#redo, this.#undo)
  }

  clear() {
    this.#undo = []
    this.#redo = []
    this.#lost = false
  }
}

/** @param {string} before @param {string} after @param {number} caret @returns {Step} */
function stepOf(before, after, caret) {
  const tail = after.slice(caret)
  const least = before.endsWith(tail) ? tail.length : 0
  const most = Math.min(before.length, after.length) - least
  let start = 0
  while (start < most && before[start] === after[start]) start++
  let end = least
  while (end < most + least - start && before.at(-1 - end) === after.at(-1 - end)) end++
  return {
    at: start,
    added: after.slice(start, after.length - end),
    removed: before.slice(start, before.length - end),
  }
}

/** Both as one step, where the second goes on typing a word or deleting. @param {Step} last @param {Step} step @returns {Step | null} */
function continued(last, step) {
  if (!step.removed && !last.removed && last.at + last.added.length === step.at) {
    const newWord = !/\s$/.test(last.added) && /^\s/.test(step.added)
    return newWord ? null : { ...last, added: last.added + step.added }
  }
  if (step.added || last.added) return null
  if (step.at + step.removed.length === last.at) return { ...step, removed: step.removed + last.removed }
  return step.at === last.at ? { ...last, removed: last.removed + step.removed } : null
}

/**
 * The steps after a patch of others. Where it changed what a step wrote, that step and all before it are lost.
 * @param {Step[]} steps
 * @param {Patch} patch
 */
function rebased(steps, patch) {
  const after = []
  let { at, end } = patch
  for (const step of steps.toReversed()) {
    const last = step.at + step.added.length
    if (at < last && end > step.at) break
    const below = at === end && !step.added && patch.text.startsWith("\n")
    const before = end < step.at || (end === step.at && !below)
    after.push(before ? { ...step, at: step.at + patch.text.length - (end - at) } : step)
    if (before) continue
    at += step.removed.length - step.added.length
    end += step.removed.length - step.added.length
  }
  return after.reverse()
}

/** @param {string} text @param {Step[]} steps @param {Step[]} back @returns {Patch | null} */
function change(text, steps, back) {
  const step = steps.pop()
  if (!step) return null
  const { at, added, removed } = step
  if (text.slice(at, at + added.length) !== added) {
    steps.length = 0
    return null
  }
  back.push({ at, added: removed, removed: added })
  return { at, end: at + added.length, text: removed }
}
