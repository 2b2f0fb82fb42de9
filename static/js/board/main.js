// The canvas page: opens the board from the page or from this device, and connects its parts.

import { enableDragging } from "app/board/canvas/drag.js"
import { emphasise } from "app/board/canvas/emphasis.js"
import { listFarCards } from "app/board/canvas/far_list.js"
import { focusOn } from "app/board/canvas/focus_on.js"
import { fitOnce, keepInView, leaveIfTooLow, phoneHint } from "app/board/canvas/initial_view.js"
import { InlineEditor } from "app/board/canvas/inline_editor.js"
import { guardFocus } from "app/board/canvas/lost_focus.js"
import { enablePointing } from "app/board/canvas/pointing.js"
import { Renderer } from "app/board/canvas/renderer.js"
import { sectionHeadings } from "app/board/canvas/section_headings.js"
import { Viewport } from "app/board/canvas/viewport.js"
import { enablePasting } from "app/board/clipboard/pasting.js"
import { openDevice } from "app/board/device/device.js"
import { isSharedDevice, remember } from "app/board/device/device_store.js"
import { keepSnapshot } from "app/board/device/replica_store.js"
import { keepUndo } from "app/board/device/undo_kept.js"
import { takeCopies } from "app/board/device/unload_copy.js"
import { findOnBoard } from "app/board/find/find.js"
import { openPanel } from "app/board/panel/panel.js"
import { severalHands } from "app/board/selection/hands.js"
import { activity } from "app/board/shell/activity.js"
import { Announcer } from "app/board/shell/announcer.js"
import { avatars } from "app/board/shell/avatars.js"
import { conflicts } from "app/board/shell/conflict.js"
import { findingWay } from "app/board/shell/finding_way.js"
import { help } from "app/board/shell/help.js"
import { joinedNotes } from "app/board/shell/joined.js"
import { listenToKeys } from "app/board/shell/keys.js"
import { flushOnLeaving } from "app/board/shell/leaving.js"
import { aboutOf, board, cannotOpen, fillHead, pageSnapshot } from "app/board/shell/page.js"
import { People } from "app/board/shell/people.js"
import { Presence } from "app/board/shell/presence.js"
import { refusals } from "app/board/shell/refused.js"
import { removedItems } from "app/board/shell/removed.js"
import { selectionBar } from "app/board/shell/selection_bar.js"
import { status } from "app/board/shell/status.js"
import { toolbar } from "app/board/shell/toolbar.js"
import { askAboutWheel, wheelChoice } from "app/board/shell/wheel.js"
import { workshopBanner } from "app/board/shell/workshop_banner.js"
import { adopt } from "app/board/sync/adopt.js"
import { hold, orphans } from "app/board/sync/client.js"
import { HttpTransport } from "app/board/sync/http/transport.js"
import { Outbox } from "app/board/sync/outbox.js"
import { Sync } from "app/board/sync/sync.js"
import { offerRest } from "app/board/text/paste.js"
import { LEFT_OUT } from "app/lib/characters.js"
import { byId } from "app/lib/dom.js"
import { ensureStorage } from "app/lib/storage.js"
import { onWake } from "app/lib/wake_events.js"
import { Commands } from "./commands.js"
import { BoardContext } from "./context.js"

const TAB = `throughline client ${board}` // under what name this tab's storage has its place on this device

start()

async function start() {
  ensureStorage()
  leaveIfTooLow()
  const head = byId("board")
  const tab = sessionStorage.getItem(TAB)
  const who = { person: head?.dataset.me, tab, locks: navigator.locks, copies: localStorage }
  const device = await openDevice(board, who)
  const { db, store, kept, person: me } = device
  const page = pageSnapshot()
  if (!me || !(page || kept || head)) return cannotOpen()
  if (kept && !head) fillHead(kept.about)
  const outbox = openOutbox(device, me)
  const http = new HttpTransport(board, me)
  const sync = new Sync({ me: { id: me }, outbox, http, open: connect, visible: () => !document.hidden })
  const people = new People(http)
  if (kept?.about.people) people.set(kept.about.people)
  if (kept) sync.loadSnapshot(asSnapshot(kept, me, sync.limits))
  if (store) keepSnapshot(store, sync, () => aboutOf(sync, people))
  if (page) sync.loadSnapshot(page)
  if (db && head) remember(db, me).catch(() => {}) // a full device: the board is here all the same
  const { archived, space = "" } = head?.dataset ?? {}
  const context = await buildPage(sync, people, { id: board, space, me, archived: archived !== undefined })
  people.load()
  sync.start()
  if (store && device.place) adopt(store, sync, (own) => closedTabs(context, store, own))
  onWake(() => sync.wake())
  if ("serviceWorker" in navigator) navigator.serviceWorker.register("/sw.js").catch(() => {})
}

/**
 * The copy of the board on this device, in the shape of the snapshot that a page brings.
 * @param {NonNullable<import("app/board/device/device.js").Snapshot>} kept
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

/** @param {import("app/board/device/device.js").Device} device @param {string} me */
function openOutbox({ store, place }, me) {
  const tab = place?.tab ?? crypto.randomUUID()
  const outbox = new Outbox(tab, place && store, () => false)
  outbox.store = store // refused words are stored even where this tab's queue cannot be
  if (place) keepTab(tab)
  else if (navigator.locks) hold(navigator.locks, { where: { person: me, board } }, tab).catch(() => {})
  if (place) outbox.load(place.queue)
  if (store && place) keepUndo(outbox, sessionStorage, store.where)
  return outbox
}

/** @param {string} tab */
function keepTab(tab) {
  try {
    sessionStorage.setItem(TAB, tab)
  } catch {
    // no room: after a reload this is another tab, which takes over what this one left
  }
}

/**
 * What closed tabs of this person left: their unsent ops, to be sent; their words that were not saved are shown here.
 * @param {BoardContext} context
 * @param {import("app/board/device/device_store.js").Store} store
 * @param {string} own
 */
async function closedTabs(context, store, own) {
  const any = await takeCopies(localStorage, store, navigator.locks).catch(() => false) // a full device
  if (any) await context.unsaved.load()
  return orphans(store, navigator.locks, own)
}

/**
 * @param {Sync} sync
 * @param {People} people
 * @param {import("./context.js").About} about
 */
async function buildPage(sync, people, about) {
  const context = new BoardContext(about, sync, people, new Announcer())
  const screen = byId("canvas")
  const viewport = new Viewport(screen, () => renderer.schedule())
  const renderer = new Renderer(context, byId("world"), viewport)
  const commands = new Commands(context)
  const editor = new InlineEditor(context, commands, renderer)
  const news = activity(context, go)
  const showHelp = () => help(news.newsLevel, news.setNewsLevel)
  const way = findingWay(context, renderer)
  const removed = () => removedItems(context, commands)
  const hands = severalHands(context, renderer, commands)
  const tools = toolbar(context, renderer, commands, editor, {
    help: showHelp,
    removed,
    several: hands.flip,
    ...way,
  })
  const panel = openPanel({ context, commands, renderer, go, duplicate: hands.duplicate, several })
  const edit = (/** @type {string} */ id) =>
    context.get(id)?.item === "card" ? editor.edit(id) : panel.focus("title")
  const bar = selectionBar(context, renderer, commands, {
    edit,
    link: tools.startLink,
    open: panel.focus,
    several: hands.content,
  })
  const presence = new Presence(context, renderer)
  avatars(context, presence)
  conflicts(context, commands)
  joinedNotes(context, renderer)
  offerRest(context, commands, editor)
  context.outbox.on("answered", ({ ack }) => ack.cleaned?.length && context.announcer.warn(LEFT_OUT))
  sectionHeadings(context, renderer)
  listFarCards(context, renderer)
  emphasise(context, renderer)
  const drag = enableDragging(context, renderer, commands, hands.selection)
  enablePasting(context, renderer, hands.selection)
  enablePointing(context, renderer, editor, commands)
  guardFocus(context, renderer)
  viewport.wheel = wheelChoice
  askAboutWheel(screen, context.announcer)
  listenToKeys(context, renderer, commands, editor, {
    focus: panel.focus,
    open: panel.focus,
    bar: bar.focus,
    help: showHelp,
    news: news.show,
    find: findOnBoard(context, renderer, go).open,
    linkMenu: () => panel.focus("link"),
    cancelDrag: () => drag.cancel() || hands.cancelBox(),
    ...hands,
    ...tools,
    ...way,
  })
  const refused = await refusals(context)
  status(context, refused)
  flushOnLeaving(context, isSharedDevice() ? null : localStorage)
  context.on("focus", panel.focus)
  context.on("selected", () => renderer.redraw())
  context.on("opened", () => keepInView(renderer))
  people.on("changed", () => renderer.redrawAll())
  sync.on("changed", (ids) => renderer.redraw(ids))
  const fit = fitOnce(renderer, way.fit)
  sync.on("changed", fit)
  new ResizeObserver(() => {
    keepInView(renderer)
    renderer.redraw()
  }).observe(screen)
  fit()
  phoneHint()
  workshopBanner(context)
  Object.assign(window, { throughline: { context, renderer, sync } }) // for the browser's developer tools, and for tests
  return context

  function several() {
    panel.close()
    hands.several.start()
  }

  /** Selects something and brings it into view. @param {string} id */
  function go(id) {
    context.select(id)
    const box = renderer.box(id)
    if (box) viewport.reveal(box)
    focusOn(renderer, id)
    if (context.selectedItem?.item === "link") panel.focus("means") // a link has no element on the canvas that could take the focus
  }
}

function connect() {
  return new WebSocket(`${location.origin.replace(/^http/, "ws")}/boards/${board}/live`)
}
