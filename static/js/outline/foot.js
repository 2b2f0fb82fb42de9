// What lies at the foot of a small screen stays above the keyboard, and nothing ends up behind it.

/**
 * How much of the window the keyboard covers, in pixels; 0 where the page is only enlarged.
 * @param {number} high the height of the window
 * @param {{ height: number, offsetTop: number, scale: number }} seen the part of it that is in sight
 */
export function keyboardHeight(high, { height, offsetTop, scale }) {
  if (scale > 1.01) return 0
  return Math.max(0, Math.round(high - height - offsetTop))
}

/** Tells the style sheet the heights of keyboard and box. @param {HTMLElement} root the outline @returns {() => void} */
export function followFoot(root) {
  const listening = new AbortController()
  const { style } = document.documentElement
  const keyboard = () => {
    if (visualViewport) style.setProperty("--keyboard", `${keyboardHeight(innerHeight, visualViewport)}px`)
  }
  for (const name of ["resize", "scroll"])
    visualViewport?.addEventListener(name, keyboard, { signal: listening.signal })
  const sizes = new ResizeObserver(() => {
    const box = /** @type {HTMLElement | null} */ (root.querySelector("[data-current] > .add"))
    const high = box && getComputedStyle(box).position === "fixed" ? box.offsetHeight : 0
    style.setProperty("--composer", `${high}px`)
  })
  const watch = () => {
    sizes.disconnect()
    for (const box of root.querySelectorAll("[data-part] > .add")) sizes.observe(box)
    sizes.observe(root)
  }
  document.addEventListener("htmx:after:swap", watch, { signal: listening.signal })
  watch()
  keyboard()
  return () => {
    listening.abort()
    sizes.disconnect()
  }
}
