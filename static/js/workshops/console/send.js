// Sends a form of the console, or asks for its regions, as the person for whom the page was made.

/**
 * @param {string} path
 * @param {"GET" | "POST"} method
 * @param {FormData} [data]
 * @returns {Promise<{ ok: boolean, html: string, say: string, to: string | null }>} `to` is where to go instead
 */
export async function send(path, method, data) {
  const named = JSON.parse(document.body.getAttribute("hx-headers:inherited") || "{}")
  const headers = { ...named, "hx-request": "true", accept: "text/html" }
  try {
    const body = data ? new URLSearchParams(/** @type {any} */ ([...data])) : undefined
    const answer = await fetch(path, { method, headers, ...(body && { body }) })
    const html = await answer.text()
    return {
      ok: answer.ok,
      html,
      say: "That could not be done just now.",
      to: answer.headers.get("hx-redirect"),
    }
  } catch {
    const say = navigator.onLine
      ? "The server does not answer. Nothing was done, and your words are still here."
      : "This device has no network. Nothing was done, and your words are still here."
    return { ok: false, html: "", say, to: null }
  }
}
