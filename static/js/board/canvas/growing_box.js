// A text box on the canvas that is as high as its words.

/**
 * Others' lines that come in above the caret move the board up, so that the caret stays where it is on the screen.
 * @param {HTMLTextAreaElement} input
 * @param {import("./viewport.js").Viewport} viewport
 */
export function growWithWords(input, viewport) {
  input.addEventListener("input", () => fitHeight(input))
  input.addEventListener("takenin", (event) => {
    fitHeight(input)
    const above = /** @type {CustomEvent<number>} */ (event).detail
    if (above) viewport.pan(0, -above * viewport.k)
  })
  fitHeight(input)
}

/** @param {HTMLTextAreaElement} input */
function fitHeight(input) {
  input.style.height = "auto"
  input.style.height = `${input.scrollHeight}px`
}
