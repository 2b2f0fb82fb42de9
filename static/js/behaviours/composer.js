// data-composer: the kind, and "Keep as draft", stay as chosen for the next card, on this board, through a reload.
// On a shared device they are forgotten with the page.
import { store } from "app/lib/storage.js"

/** @type {Map<string, string>} */
const onPage = new Map()

/** @param {HTMLElement} element */
export function composer(element) {
  const key = `chosen:${document.body.dataset.me ?? ""}:${location.pathname}`
  const shared = document.body.dataset.shared !== undefined
  const kept = shared ? onPage.get(key) : sessionStorage.getItem(key)
  if (kept && element.dataset.refused === undefined) choose(element, JSON.parse(kept))
  const keep = () => {
    const chosen = JSON.stringify(choiceOf(element))
    if (shared) onPage.set(key, chosen)
    else store(sessionStorage, key, chosen)
    for (const other of document.querySelectorAll("[data-composer]"))
      if (other !== element) choose(other, JSON.parse(chosen))
  }
  element.addEventListener("change", keep)
  return () => element.removeEventListener("change", keep)
}

/** @param {Element} element */
function choiceOf(element) {
  const kind = /** @type {HTMLInputElement | null} */ (element.querySelector("[name=kind]:checked"))
  const draft = /** @type {HTMLInputElement | null} */ (element.querySelector("[name=draft]"))
  return { kind: kind?.value ?? "", draft: Boolean(draft?.checked) }
}

/** @param {Element} element @param {{ kind: string, draft: boolean }} chosen */
function choose(element, { kind, draft }) {
  for (const box of element.querySelectorAll("input"))
    if (box.name === "kind") box.checked = box.value === kind
    else if (box.name === "draft") box.checked = draft
}
