// The canvas page: opens the board from the page or from this device, and sets its parts to work.
import { Acts } from "./acts.js"
import { adopt } from "./adopt.js"
import { avatars } from "./avatars.js"
import { claim, orphans } from "./client.js"
import { conflicts } from "./conflict.js"
import { Desk } from "./desk.js"
import { digest } from "./digest.js"
import { byId } from "./dom.js"
import { dragging } from "./drag.js"
import { help } from "./help.js"
import { keeping } from "./keeping.js"
import { listen } from "./keys.js"
import { Lens } from "./lens.js"
import { Notes } from "./notes.js"
import { Outbox } from "./outbox.js"
import { People } from "./people.js"
import { pointing } from "./pointing.js"
import { Post } from "./post.js"
import { Presence } from "./presence.js"
import { rail } from "./rail.js"
import { refusals } from "./refused.js"
import { removedItems } from "./removed.js"
import { side } from "./side.js"
import { Stage } from "./stage.js"
import { status } from "./status.js"
import { lastPerson, openDatabase, remember, Store } from "./store.js"
import { Sync } from "./sync.js"
import { keepUndo } from "./undo_kept.js"
import { focusOn, Writer } from "./writer.js"

const board = byId("board")?.dataset.id ?? decodeURIComponent(location.pathname.split("/")[2] ?? "")

const PHONE = "(max-width: 43.75rem)"

start()

async function start() {
  const db = await openDatabase().catch(() => null)
  const me = byId("board")?.dataset.me ?? (db && (await lastPerson(db)))
  if (!me) return cannotOpen()
  const store = db && new Store(db, me, board)
  const kept = await store?.snapshot().catch(() => null)
  const page = pageSnapshot()
  if (!page && !kept && !byId("board")) return cannotOpen()
  if (kept && !byId("board")) fillHead(kept.about)
  const outbox = await openOutbox(store)
  const post = new Post(board)
  const sync = new Sync({ me: { id: me }, outbox, post, open: connect, visible: () => !document.hidden })
  const people = new People(post)
  if (kept?.about.people) people.take(kept.about.people)
  if (kept)
    sync.begin({
      you: { id: me, ...kept.about.you },
      audience: kept.audience ?? "",
      full: true,
      from: 0,
      to: kept.cursor,
      puts: kept.items,
      dels: [],
      limits: sync.limits,
    })
  if (store) keeping(store, sync, () => aboutOf(sync, people))
  if (page) sync.begin(page)
  if (db && byId("board")) await remember(db, me)
  await furnish(sync, people, { id: board, me, archived: byId("board")?.dataset.archived !== undefined })
  people.ask()
  sync.start()
  if (store) adopt(store, sync, (own) => orphans(store, navigator.locks, own))
  for (const [target, name] of /** @type {[EventTarget, string][]} */ ([
    [window, "online"],
    [document, "visibilitychange"],
    [window, "pageshow"],
  ])) {
    target.addEventListener(name, () => document.hidden || sync.wake())
  }
  if ("serviceWorker" in navigator) navigator.serviceWorker.register("/sw.js").catch(() => {})
}

/** @param {Store | null} store */
async function openOutbox(store) {
  const name = `throughline client ${board}`
  const client = store
    ? await claim(store, navigator.locks, sessionStorage.getItem(name))
    : crypto.randomUUID()
  sessionStorage.setItem(name, client)
  const outbox = new Outbox(client, store, () => false)
  if (store) outbox.load(await store.load(client))
  if (store) keepUndo(outbox, sessionStorage, store.where)
  return outbox
}

/**
 * @param {Sync} sync
 * @param {People} people
 * @param {import("./desk.js").About} about
 */
async function furnish(sync, people, about) {
  const desk = new Desk(about, sync, people, new Notes())
  const screen = byId("canvas")
  const lens = new Lens(screen, () => stage.look())
  const stage = new Stage(desk, byId("world"), lens)
  const acts = new Acts(desk)
  const writer = new Writer(desk, acts, stage)
  const news = digest(desk, go)
  const showHelp = () => help(news.saying, news.setSaying)
  const removed = () => removedItems(desk, acts)
  const tools = rail(desk, stage, acts, writer, { help: showHelp, removed })
  const panel = side({ desk, acts, stage, go, removed, help: showHelp })
  const presence = new Presence(desk, stage)
  avatars(desk, presence)
  conflicts(desk, acts)
  dragging(desk, stage, acts)
  pointing(desk, stage, writer, acts)
  listen(desk, stage, acts, writer, {
    focus: panel.focus,
    help: showHelp,
    news: news.show,
    linkMenu: () => panel.focus("link"),
    ...tools,
  })
  const refused = await refusals(desk)
  status(desk, refused.show)
  desk.on("wants", panel.focus)
  desk.on("selected", () => stage.ask())
  desk.on("selected", () => makeRoom(stage))
  people.on("changed", () => stage.askAll())
  sync.on("changed", (ids) => stage.ask(ids))
  sync.on("changed", fitOnce(stage))
  new ResizeObserver(() => stage.ask()).observe(screen)
  fitOnce(stage)()
  phoneHint()
  Object.assign(window, { throughline: { desk, stage, sync } }) // to look at from the browser's tools

  /** Selects something and brings it into view. @param {string} id */
  function go(id) {
    desk.select(id)
    const box = stage.box(id)
    if (box) lens.reveal(box)
    focusOn(stage, id)
    if (desk.current?.item === "link") panel.focus("means") // a link has no face on the canvas to go to
  }
}

/** On a phone the panel lies over the lower half: what is selected stays in sight above it. @param {Stage} stage */
function makeRoom(stage) {
  const { desk, lens } = stage
  const panel = byId("side")
  const over = desk.selected !== null && matchMedia(PHONE).matches
  lens.inset = over ? panel.offsetHeight : 0
  const chosen = over && stage.box(desk.selected)
  if (chosen) lens.reveal(chosen)
}

let fitted = false

/** The whole board at first sight; from then on the view is the person's own. @param {Stage} stage */
function fitOnce(stage) {
  return () => {
    if (fitted) return
    stage.element(null) // so that all is in its place
    const whole = stage.places.whole()
    if (!whole) return
    fitted = true
    const asked = location.hash.match(/^#(?:card|section)-(.+)$/)?.[1]
    stage.lens.fit(whole)
    const box = asked ? stage.box(asked) : null
    if (box) stage.lens.fit(box)
    if (box) stage.desk.select(asked ?? null)
  }
}

function connect() {
  return new WebSocket(`${location.origin.replace(/^http/, "ws")}/boards/${board}/live`)
}

function pageSnapshot() {
  const text = byId("snapshot")?.textContent
  return text ? JSON.parse(text) : null
}

/**
 * @param {Sync} sync
 * @param {People} people
 */
function aboutOf(sync, people) {
  const space = /** @type {HTMLAnchorElement} */ (byId("space"))
  return {
    title: byId("title").textContent,
    purpose: byId("purpose").textContent,
    space: { name: space.textContent, path: space.getAttribute("href") },
    people: people.all,
    you: sync.you ?? { name: "", organisation: "", role: "member", may: [] },
  }
}

/** A page from the service worker knows nothing: its head comes from this device. @param {Record<string, any>} about */
function fillHead({ title, purpose, space }) {
  document.title = title ?? "Board"
  byId("title").textContent = title ?? "Board"
  byId("purpose").textContent = purpose ?? ""
  byId("space").textContent = space?.name ?? "Throughline"
  byId("space").setAttribute("href", space?.path ?? "/")
  byId("outline-link").setAttribute("href", `/boards/${board}/outline`)
}

function cannotOpen() {
  byId("saved").dataset.state = "offline"
  byId("saved").textContent = "Offline"
  const words =
    "This board is not kept on this device. Open it once while you are online, and it will be here the next time."
  byId("canvas").textContent = words
}

function phoneHint() {
  const hint = byId("phone-hint")
  if (!matchMedia(PHONE).matches || localStorage.getItem("throughline canvas on phone")) return
  hint.hidden = false
  hint.querySelector("button")?.addEventListener("click", () => {
    localStorage.setItem("throughline canvas on phone", "yes")
    hint.remove()
  })
}
