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
import { fitOnce, makeRoom, phoneHint } from "./first_sight.js"
import { help } from "./help.js"
import { keeping } from "./keeping.js"
import { listen } from "./keys.js"
import { Lens } from "./lens.js"
import { Notes } from "./notes.js"
import { Outbox } from "./outbox.js"
import { aboutOf, board, cannotOpen, fillHead, pageSnapshot } from "./page.js"
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
  if (kept) sync.begin(asSnapshot(kept, me, sync.limits))
  if (store) keeping(store, sync, () => aboutOf(sync, people))
  if (page) sync.begin(page)
  if (db && byId("board")) await remember(db, me)
  const { archived, space = "" } = byId("board")?.dataset ?? {}
  await furnish(sync, people, { id: board, space, me, archived: archived !== undefined })
  people.ask()
  sync.start()
  if (store) adopt(store, sync, (own) => orphans(store, navigator.locks, own))
  wakeful(sync)
  if ("serviceWorker" in navigator) navigator.serviceWorker.register("/sw.js").catch(() => {})
}

/**
 * What this device keeps of the board, as a page would bring it.
 * @param {NonNullable<Awaited<ReturnType<Store["snapshot"]>>>} kept
 * @param {string} me
 * @param {typeof import("./wire.js").LIMITS} limits
 */
function asSnapshot(kept, me, limits) {
  return {
    you: { id: me, ...kept.about.you },
    audience: kept.audience ?? "",
    full: true,
    from: 0,
    to: kept.cursor,
    puts: kept.items,
    dels: [],
    limits,
  }
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
  const fit = fitOnce(stage)
  sync.on("changed", fit)
  new ResizeObserver(() => stage.ask()).observe(screen)
  fit()
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

/** The network is back, or the page is looked at again. @param {Sync} sync */
function wakeful(sync) {
  const wake = () => document.hidden || sync.wake()
  window.addEventListener("online", wake)
  document.addEventListener("visibilitychange", wake)
  window.addEventListener("pageshow", wake)
}

function connect() {
  return new WebSocket(`${location.origin.replace(/^http/, "ws")}/boards/${board}/live`)
}
