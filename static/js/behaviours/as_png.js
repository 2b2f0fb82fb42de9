// data-as-png on a link to a chart as SVG: gives the same chart as PNG. The link is hidden until it can work.
const SCALE = 2 // for sharp screens and for print

/** @param {HTMLElement} element */
export function asPng(element) {
  if (!(element instanceof HTMLAnchorElement)) return
  const link = element
  /** @param {Event} event */
  const click = async (event) => {
    event.preventDefault()
    const picture = new Image()
    picture.src = link.href
    await picture.decode()
    save(await drawn(picture), link.download)
  }
  link.hidden = false
  link.addEventListener("click", click)
  return () => link.removeEventListener("click", click)
}

/**
 * The picture on white: a chart has no ground of its own.
 * @param {HTMLImageElement} picture
 * @returns {Promise<Blob>}
 */
function drawn(picture) {
  const canvas = document.createElement("canvas")
  canvas.width = picture.naturalWidth * SCALE
  canvas.height = picture.naturalHeight * SCALE
  const paper = canvas.getContext("2d")
  if (!paper) throw new Error("no canvas")
  paper.fillStyle = "#ffffff"
  paper.fillRect(0, 0, canvas.width, canvas.height)
  paper.drawImage(picture, 0, 0, canvas.width, canvas.height)
  return new Promise((resolve, reject) => {
    canvas.toBlob((made) => (made ? resolve(made) : reject(new Error("no picture"))), "image/png")
  })
}

/** @param {Blob} made @param {string} name */
function save(made, name) {
  const away = document.createElement("a")
  away.href = URL.createObjectURL(made)
  away.download = name
  away.click()
  setTimeout(() => URL.revokeObjectURL(away.href), 60_000)
}
