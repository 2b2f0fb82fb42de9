// Cards that came drawn over the socket, compressed once for everybody who was sent them.

/** Whether this browser can read them: else its page asks for sections. */
export const canUnpack = (() => {
  try {
    return Boolean(new DecompressionStream("deflate-raw"))
  } catch {
    return false
  }
})()

/**
 * @param {string} packed JSON, deflated and in base64; "" for none
 * @returns {Promise<import("app/board/schema.js").NewsCard[]>}
 */
export async function unpack(packed) {
  if (!packed) return []
  const bytes = Uint8Array.from(atob(packed), (letter) => letter.charCodeAt(0))
  const plain = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate-raw"))
  return JSON.parse(await new Response(plain).text())
}
