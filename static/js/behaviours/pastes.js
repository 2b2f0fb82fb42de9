// What is pasted into a box, or dropped there: signs that cannot be stored are left out, and what does not fit is offered, not lost.
// The box sends `text:cleaned`, or `text:rest` with what did not fit; a page that has more to offer answers them.
import { cut, LEFT_OUT, storable, withOneLineEnd } from "app/lib/characters.js"
import { h } from "app/lib/dom.js"

/** @typedef {HTMLTextAreaElement | HTMLInputElement} Box */

/** Listens on the whole page, before the boxes themselves do. */
export function listenToPastes() {
  document.addEventListener("paste", (event) => pasted(event), { capture: true })
  document.addEventListener("beforeinput", (event) => dropped(event), { capture: true })
  document.addEventListener("input", (event) => clean(event.target), { capture: true })
}

/** "1,204 characters did not fit." @param {string} rest */
export function sayRest(rest) {
  const count = [...rest].length
  return `${count.toLocaleString("en")} ${count === 1 ? "character" : "characters"} did not fit.`
}

/** @param {ClipboardEvent} event */
function pasted(event) {
  take(event, event.clipboardData?.getData("text/plain") ?? "")
}

/** Text that is dragged into a box is put in at the selection, as what is pasted. @param {InputEvent} event */
function dropped(event) {
  if (event.inputType !== "insertFromDrop") return
  take(event, event.data ?? event.dataTransfer?.getData("text/plain") ?? "")
}

/** @param {Event} event @param {string} given */
function take(event, given) {
  const box = event.target
  if (!isBox(box) || box.readOnly || box.disabled || box.maxLength < 0) return
  const text = box instanceof HTMLInputElement ? storable(given).replaceAll("\n", " ") : storable(given)
  const selected = (box.selectionEnd ?? 0) - (box.selectionStart ?? 0)
  const [fits, rest] = cut(text, box.maxLength - box.value.length + selected)
  const isCleaned = storable(given) !== withOneLineEnd(given)
  if (!rest && !isCleaned) return // the browser does it
  event.preventDefault()
  if (fits) insert(box, fits)
  if (isCleaned) tell(box, "text:cleaned", LEFT_OUT)
  if (rest) tell(box, "text:rest", sayRest(rest), rest)
}

/** However signs came in that cannot be stored: dropped, dictated, by another script. @param {EventTarget | null} box */
function clean(box) {
  if (!isBox(box)) return
  const { value, selectionStart } = box
  const kept = storable(value)
  if (kept === value) return
  const caret = storable(value.slice(0, selectionStart ?? value.length)).length
  box.value = kept
  box.setSelectionRange(caret, caret)
  tell(box, "text:cleaned", LEFT_OUT)
}

/** As if typed, so that the browser can undo it. @param {Box} box @param {string} text */
function insert(box, text) {
  box.focus()
  if (document.execCommand("insertText", false, text)) return
  box.setRangeText(text, box.selectionStart ?? 0, box.selectionEnd ?? 0, "end")
  box.dispatchEvent(new InputEvent("input", { bubbles: true, inputType: "insertFromPaste" }))
}

/** @param {Box} box @param {string} name @param {string} say @param {string} [rest] */
function tell(box, name, say, rest) {
  const event = new CustomEvent(name, { bubbles: true, cancelable: true, detail: rest })
  if (!box.dispatchEvent(event)) return
  const copy = async () => {
    await navigator.clipboard.writeText(rest ?? "")
    button.textContent = "Copied"
  }
  const button = h("button", { type: "button", class: "small", text: "Copy the rest", onclick: copy })
  if (box.nextElementSibling?.matches(".pasted")) box.nextElementSibling.remove()
  box.after(
    h("p", { class: "hint pasted", role: "status" }, `${say} `, rest && navigator.clipboard && button),
  )
}

/** @param {EventTarget | null} target @returns {target is Box} */
function isBox(target) {
  if (target instanceof HTMLTextAreaElement) return true
  return target instanceof HTMLInputElement && ["text", "search"].includes(target.type)
}
