// Words typed while their form is on its way: the answer empties, closes or redraws its box, and they must not go with it.

/** @typedef {HTMLTextAreaElement | HTMLInputElement} Box */
/** @typedef {import("./guard.js").Task} Task */

const TEXTS = "textarea, input[type=text], input:not([type])"

export class TypedMeanwhile {
  /** What each box held when its form was sent. @type {WeakMap<Element, Map<Box, string>>} */
  #sent = new WeakMap()
  /** Boxes of a refused form, with what was sent and what they hold. @type {{ id: string, was: string, now: string }[]} */
  #refused = []

  /** @param {Element} form */
  sent(form) {
    this.#sent.set(form, new Map(boxesOf(form).map((box) => [box, box.value])))
  }

  /**
   * Before the swap of an answer. A form that was done stays open for what was typed since, of which it is a form now.
   * @param {Element} form
   * @param {Task[]} tasks
   * @param {boolean} done
   * @returns {boolean} whether the form stays
   */
  keep(form, tasks, done) {
    const boxes = this.#sent.get(form) ?? new Map()
    const changed = [...boxes].filter(([box, was]) => box.value !== was)
    this.#refused = done ? [] : changed.map(([box, was]) => ({ id: box.id, was, now: box.value }))
    if (!done || !changed.length || !(form instanceof HTMLFormElement)) return false
    leaveAlone(form, tasks)
    const adds = fieldOf(form, "do").startsWith("add_")
    if (adds) setHidden(form, "id", crypto.randomUUID())
    for (const [box, was] of boxes) {
      if (adds) keepRest(box, was)
      else goOnFrom(form, box, was)
    }
    return true
  }

  /** After the swap of a refusal: its boxes hold what was sent; what they held since comes back. */
  bringBack() {
    for (const { id, was, now } of this.#refused) {
      const box = /** @type {Box | null} */ (
        document.getElementById(id) ?? document.getElementById("kept-text")
      )
      if (!box) continue
      write(box, box.id === id ? now : box.value.replace(was, () => now))
    }
    this.#refused = []
  }
}

/**
 * Before the swap after a choice between two clashed texts: where the person writes on in a form above, that stays.
 * @param {Element} source what was pressed to choose
 * @param {Task[]} tasks
 * @returns {boolean} whether it was so
 */
export function keepAboveClash(source, tasks) {
  const clash = source.closest(".clash")
  if (!clash?.previousElementSibling) return false
  leaveAlone(source, tasks)
  clash.remove()
  return true
}

/** The answer leaves the place of a form as it is; only two texts that clashed are put below it. @param {Element} form @param {Task[]} tasks */
function leaveAlone(form, tasks) {
  const own = tasks.filter(
    ({ target }) => target instanceof Element && target !== form && isAround(target, form),
  )
  for (const task of own) {
    if (task.fragment.querySelector(".clash")) task.swapSpec = { style: "beforeend" }
    else tasks.splice(tasks.indexOf(task), 1)
  }
}

/** The part of the page that only the form is in; not its section, which is drawn around it. @param {Element} target @param {Element} form */
function isAround(target, form) {
  return target.contains(form) && target.matches(".slot, .add, #new-section")
}

/** The form adds another thing now: of what was sent only what was typed behind it is left. @param {Box} box @param {string} was */
function keepRest(box, was) {
  const now = box.value
  box.defaultValue = ""
  write(box, now.startsWith(was) ? now.slice(was.length).trimStart() : now)
}

/** The form changes what was sent; the server needs that to join it with what others wrote. @param {HTMLFormElement} form @param {Box} box @param {string} was */
function goOnFrom(form, box, was) {
  setHidden(form, `read_${box.name}`, was)
  const now = box.value
  box.defaultValue = was
  write(box, now)
}

/** @param {Box} box @param {string} text */
function write(box, text) {
  const end = box.selectionEnd ?? box.value.length
  const fromEnd = box.value.length - end
  if (box.value !== text) {
    box.value = text
    if (box === document.activeElement) box.setSelectionRange(text.length - fromEnd, text.length - fromEnd)
  }
  box.dispatchEvent(new Event("input", { bubbles: true }))
}

/** @param {HTMLFormElement} form @param {string} name @param {string} value */
function setHidden(form, name, value) {
  const there = /** @type {HTMLInputElement | null} */ (
    form.querySelector(`input[type=hidden][name="${name}"]`)
  )
  const input = there ?? Object.assign(document.createElement("input"), { type: "hidden", name })
  input.value = value
  if (!there) form.append(input)
}

/** @param {HTMLFormElement} form @param {string} name */
function fieldOf(form, name) {
  return /** @type {HTMLInputElement | null} */ (form.querySelector(`input[name="${name}"]`))?.value ?? ""
}

/** @param {Element} form */
function boxesOf(form) {
  return /** @type {Box[]} */ ([...form.querySelectorAll(TEXTS)]).filter((box) => box.name && !box.hidden)
}
