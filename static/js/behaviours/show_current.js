// data-show-current: a bar that is wider than a phone stands so that the entry of the present page can be seen.

/** @param {HTMLElement} element */
export function showCurrent(element) {
  const current = element.querySelector('[aria-current="page"]')
  if (!(current instanceof HTMLElement)) return
  const [bar, entry] = [element.getBoundingClientRect(), current.getBoundingClientRect()]
  if (entry.right > bar.right || entry.left < bar.left)
    element.scrollLeft += entry.left - bar.left - (bar.width - entry.width) / 2
}
