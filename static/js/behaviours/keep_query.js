// data-keep-query on a search box: what stands in it is in the address too, so that going back finds it again.

/** @param {HTMLElement} element */
export function keepQuery(element) {
  const box = /** @type {HTMLInputElement} */ (element)
  const listening = new AbortController()
  box.addEventListener(
    "input",
    () => {
      const url = new URL(location.href)
      if (box.value) url.searchParams.set(box.name, box.value)
      else url.searchParams.delete(box.name)
      history.replaceState(history.state, "", url)
    },
    { signal: listening.signal },
  )
  return () => listening.abort()
}
