// The canvas page: opens the board from the page or from this device, and sets its parts to work.

import { dragging } from "app/board/canvas/drag.js"
import { fitOnce, makeRoom, phoneHint } from "app/board/canvas/initial_view.js"
import { focusOn, Writer } from "app/board/canvas/inline_editor.js"
import { pointing } from "app/board/canvas/pointing.js"
import { Stage } from "app/board/canvas/renderer.js"
import { Lens } from "app/board/canvas/viewport.js"
import { side } from "app/board/panel/panel.js"
import { digest } from "app/board/shell/activity.js"
import { Notes } from "app/board/shell/announcer.js"
import { avatars } from "app/board/shell/avatars.js"
import { conflicts } from "app/board/shell/conflict.js"
import { help } from "app/board/shell/help.js"
import { listen } from "app/board/shell/keys.js"
import { aboutOf, board, cannotOpen, fillHead, pageSnapshot } from "app/board/shell/page.js"
import { People } from "app/board/shell/people.js"
import { Presence } from "app/board/shell/presence.js"
import { refusals } from "app/board/shell/refused.js"
import { removedItems } from "app/board/shell/removed.js"
import { status } from "app/board/shell/status.js"
import { rail } from "app/board/shell/toolbar.js"
import { adopt } from "app/board/sync/adopt.js"
import { claim, orphans } from "app/board/sync/client.js"
import { lastPerson, openDatabase, remember, Store } from "app/board/sync/device_store.js"
import { Post } from "app/board/sync/http_transport.js"
import { keeping } from "app/board/sync/keeping.js"
import { Outbox } from "app/board/sync/outbox.js"
import { Sync } from "app/board/sync/sync.js"
import { keepUndo } from "app/board/sync/undo_kept.js"
import { byId } from "app/lib/dom.js"
import { Acts } from "./commands.js"
import { Desk } from "./context.js"

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
 * @param {typeof import("./schema.js").LIMITS} limits
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
 * @param {import("./context.js").About} about
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
