// Which client id this tab has. A tab holds its id by a Web Lock; the id of a closed tab is taken over (C7).

/** @typedef {import("app/board/device/device_store.js").Store} Store */
/** @typedef {{ request: (name: string, options: { ifAvailable: boolean }, held: (lock: unknown) => unknown) => Promise<unknown> }} Locks */

/**
 * The client id to use: the one this tab had before, else one of a closed tab with unsent ops, else a new one.
 * @param {Store} store
 * @param {Locks} locks
 * @param {string | null} wanted
 * @param {AbortSignal} [end] when it is over with this client; the tab's own end lets go of it too
 * @returns {Promise<string>}
 */
export async function claim(store, locks, wanted, end) {
  const dead = await store.clients()
  for (const client of wanted ? [wanted, ...dead] : dead) {
    if (await hold(locks, store, client, end)) return client
  }
  const fresh = crypto.randomUUID()
  await hold(locks, store, fresh, end)
  return fresh
}

/**
 * The client ids of closed tabs that left unsent ops; each is held until its `release` is called.
 * @param {Store} store
 * @param {Locks} locks
 * @param {string} own
 * @returns {Promise<{ client: string, release: () => void }[]>}
 */
export async function orphans(store, locks, own) {
  const found = []
  for (const client of await store.clients()) {
    const release = client === own ? null : await hold(locks, store, client)
    if (release) found.push({ client, release })
  }
  return found
}

/**
 * Takes the lock of a client id if it is free. Gives the function that releases it, or null. What that function gives
 * is over when others can take the lock.
 * @param {Locks} locks
 * @param {Pick<Store, "where">} store
 * @param {string} client
 * @param {AbortSignal} [end]
 * @returns {Promise<(() => Promise<unknown>) | null>}
 */
export function hold(locks, store, client, end) {
  const name = `throughline ${store.where.person} ${store.where.board} ${client}`
  return new Promise((done, failed) => {
    const held = locks.request(name, { ifAvailable: true }, (lock) => {
      if (!lock || end?.aborted) return done(null)
      return new Promise((release) => {
        const letGo = () => {
          release(undefined)
          return held
        }
        end?.addEventListener("abort", letGo)
        done(letGo)
      })
    })
    held.catch(failed)
  })
}
