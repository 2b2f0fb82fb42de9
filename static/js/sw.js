// Service worker. Caches the canvas page and its files, nothing personal, so that a board opens without a network.
// The server fills in the version; a new one makes browsers install this again.
const VERSION = "__VERSION__"
const CACHE = `throughline shell ${VERSION}`
const AWAY = new Set([502, 503, 504]) // what a proxy answers while the server is down
const PATIENCE = 2000 // ms for the cache
const BOARD = /^\/boards\/[^/]+$/

const worker = /** @type {any} */ (self)

worker.addEventListener("install", (/** @type {any} */ event) => {
  event.waitUntil(install())
})

worker.addEventListener("activate", (/** @type {any} */ event) => {
  event.waitUntil(activate())
})

worker.addEventListener("fetch", (/** @type {any} */ event) => {
  const { request } = event
  const url = new URL(request.url)
  if (request.method !== "GET" || url.origin !== location.origin) return
  if (request.mode === "navigate" && BOARD.test(url.pathname)) event.respondWith(page(request))
  else if (url.pathname.startsWith("/static/")) event.respondWith(file(request))
})

/** Without credentials: what is cached must not hold anything of a person. */
async function install() {
  const list = await fetch("/shell.json", { credentials: "omit", cache: "no-store" })
  const { files } = await list.json()
  const cache = await caches.open(CACHE)
  await cache.addAll(
    [...new Set(["/shell", ...files])].map((path) => new Request(path, { credentials: "omit" })),
  )
  await worker.skipWaiting()
}

async function activate() {
  const names = await caches.keys()
  await Promise.all(
    names
      .filter((name) => name.startsWith("throughline shell ") && name !== CACHE)
      .map((name) => caches.delete(name)),
  )
  await worker.clients.claim()
}

/** The server's page where it can be reached, else the cached one, which opens what is stored on this device. @param {Request} request */
async function page(request) {
  const shell = () => cached("/shell")
  try {
    const answer = await fetch(request)
    return AWAY.has(answer.status) ? ((await shell()) ?? answer) : answer
  } catch (error) {
    const kept = await shell()
    if (kept) return kept
    throw error
  }
}

/** The path of a file changes with its content, so a cached file is never outdated. @param {Request} request */
async function file(request) {
  return (await cached(request)) ?? fetch(request)
}

/** Nothing where the cache does not answer in time, or is not to be read. @param {Request | string} request */
function cached(request) {
  const late = new Promise((done) => setTimeout(done, PATIENCE))
  return Promise.race([caches.match(request), late]).catch(() => undefined)
}
