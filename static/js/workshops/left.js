// What somebody ticks, types or has opened in a region stays when that is put anew.

/**
 * What somebody has left in a region: ticks, words and open details. Each puts itself back.
 * @param {HTMLElement} region
 * @returns {[string, (element: any) => void][]}
 */
export function leftIn(region) {
  /** @type {[string, (element: any) => void][]} */
  const left = []
  for (const one of region.querySelectorAll("[id]")) {
    if (one instanceof HTMLSelectElement) left.push([one.id, (to) => choose(to, one.value)])
    else if (one instanceof HTMLDetailsElement && one.open) left.push([one.id, (to) => set(to, "open", true)])
    else if (one instanceof HTMLInputElement && one.type === "checkbox") {
      if (one.checked !== one.defaultChecked) left.push([one.id, (to) => set(to, "checked", one.checked)])
    } else if (one instanceof HTMLInputElement || one instanceof HTMLTextAreaElement) {
      if (one.value !== one.defaultValue) left.push([one.id, (to) => set(to, "value", one.value)])
    }
  }
  return left
}

/** @param {any} element @param {string} name @param {unknown} value */
function set(element, name, value) {
  if (element) element[name] = value
}

/** @param {HTMLSelectElement | null} select @param {string} value where it is still among the options */
function choose(select, value) {
  if (select && [...select.options].some((option) => option.value === value)) select.value = value
}
