// Made by `make schema` from the types and tables in app/boards: change those, not this.

/** @typedef {{ do: "add_card", id: string, kind: string, text: string, section?: string | null, x?: number, y?: number, draft?: boolean, phase?: string | null, paper?: boolean }} AddCard */
/** @typedef {{ do: "edit_card", id: string, text?: string, kind?: string }} EditCard */
/** @typedef {{ do: "move_card", id: string, section?: string | null, x?: number, y?: number, after?: string | null }} MoveCard */
/** @typedef {{ do: "resize_card", id: string, w: number }} ResizeCard */
/** @typedef {{ do: "publish_card", id: string }} PublishCard */
/** @typedef {{ do: "remove_card", id: string }} RemoveCard */
/** @typedef {{ do: "restore_card", id: string }} RestoreCard */
/** @typedef {{ do: "duplicate_card", id: string, card: string, draft?: boolean }} DuplicateCard */
/** @typedef {{ do: "add_section", id: string, title: string, prompt?: string, example?: string, x?: number, y?: number, w?: number, h?: number, layout?: "grid" | "free", axis_left?: string, axis_right?: string, axis_top?: string, axis_bottom?: string }} AddSection */
/** @typedef {{ do: "edit_section", id: string, title?: string, prompt?: string, example?: string, layout?: "grid" | "free", axis_left?: string, axis_right?: string, axis_top?: string, axis_bottom?: string }} EditSection */
/** @typedef {{ do: "move_section", id: string, x?: number, y?: number, w?: number, h?: number, after?: string | null }} MoveSection */
/** @typedef {{ do: "remove_section", id: string }} RemoveSection */
/** @typedef {{ do: "restore_section", id: string }} RestoreSection */
/** @typedef {{ do: "lock_section", id: string, locked: boolean }} LockSection */
/** @typedef {{ do: "add_link", id: string, start: string, end: string, means: string }} AddLink */
/** @typedef {{ do: "edit_link", id: string, means: string }} EditLink */
/** @typedef {{ do: "remove_link", id: string }} RemoveLink */
/** @typedef {{ do: "restore_link", id: string }} RestoreLink */
/** @typedef {{ do: "add_comment", id: string, card: string, text: string }} AddComment */
/** @typedef {{ do: "edit_comment", id: string, text: string }} EditComment */
/** @typedef {{ do: "remove_comment", id: string }} RemoveComment */
/** @typedef {{ do: "restore_comment", id: string }} RestoreComment */
/** @typedef {{ do: "add_theme", id: string, title: string, section?: string | null, cards?: string[] }} AddTheme */
/** @typedef {{ do: "edit_theme", id: string, title: string }} EditTheme */
/** @typedef {{ do: "remove_theme", id: string }} RemoveTheme */
/** @typedef {{ do: "gather", id: string, cards: string[] }} Gather */
/** @typedef {{ do: "merge_themes", id: string, other: string }} MergeThemes */
/** @typedef {{ do: "split", id: string, cards: string[] }} Split */
/** @typedef {{ do: "open_phase", id: string, from: string | null, prompt: string, sections?: string[], write?: "off" | "private" | "shared", names?: "named", kinds?: string[], question?: boolean, kept?: boolean, move?: "nobody" | "facilitators" | "everyone", vote?: Vote, about?: string[], minutes?: number | null, again_of?: string | null }} OpenPhase */
/** @typedef {{ do: "reveal", id: string }} Reveal */
/** @typedef {{ do: "close_vote", id: string }} CloseVote */
/** @typedef {{ do: "reopen_phase", id: string, from: string | null }} ReopenPhase */
/** @typedef {{ do: "hold", id: string, thing: string | null }} Hold */
/** @typedef {{ do: "open_stage", id: string, purpose?: string, authority?: string }} OpenStage */
/** @typedef {{ do: "offer_lead", id: string, person: string | null }} OfferLead */
/** @typedef {{ do: "take_lead", id: string }} TakeLead */
/** @typedef {{ do: "add_facilitator", id: string, person: string }} AddFacilitator */
/** @typedef {{ do: "take_part", id: string, takes_part: boolean }} TakePart */
/** @typedef {{ do: "give_up", id: string }} GiveUp */
/** @typedef {{ do: "end", id: string }} EndStage */
/** @typedef {{ do: "resume", id: string }} ResumeStage */
/** @typedef {{ do: "set_clock", id: string, left?: number, add?: number, running?: boolean }} SetClock */
/** @typedef {{ do: "set_screen", id: string, page?: number, code?: boolean }} SetScreen */
/** @typedef {{ do: "take_out", id: string, why?: "named" | "patient" | "hurtful" | "other" }} TakeOut */
/** @typedef {{ do: "put_back", id: string }} PutBack */
/** @typedef {{ do: "agree_taken_out", id: string }} AgreeTakenOut */
/** @typedef {{ do: "batch", parts: AnyOp[] }} Batch */
/** @typedef {AddCard | EditCard | MoveCard | ResizeCard | PublishCard | RemoveCard | RestoreCard | DuplicateCard | AddSection | EditSection | MoveSection | RemoveSection | RestoreSection | LockSection | AddLink | EditLink | RemoveLink | RestoreLink | AddComment | EditComment | RemoveComment | RestoreComment | AddTheme | EditTheme | RemoveTheme | Gather | MergeThemes | Split | OpenPhase | Reveal | CloseVote | ReopenPhase | Hold | OpenStage | OfferLead | TakeLead | AddFacilitator | TakePart | GiveUp | EndStage | ResumeStage | SetClock | SetScreen | TakeOut | PutBack | AgreeTakenOut | Batch} Op */
/** @typedef {{ do: string, id: string, kind?: string, text?: string, section?: string | null, x?: number, y?: number, draft?: boolean, phase?: string | null, paper?: boolean, after?: string | null, w?: number, card?: string, title?: string, prompt?: string, example?: string, h?: number, layout?: "grid" | "free", axis_left?: string, axis_right?: string, axis_top?: string, axis_bottom?: string, locked?: boolean, start?: string, end?: string, means?: string, cards?: string[], other?: string, from?: string | null, sections?: string[], write?: "off" | "private" | "shared", names?: "named", kinds?: string[], question?: boolean, kept?: boolean, move?: "nobody" | "facilitators" | "everyone", vote?: Vote, about?: string[], minutes?: number | null, again_of?: string | null, thing?: string | null, purpose?: string, authority?: string, person?: string | null, takes_part?: boolean, left?: number, add?: number, running?: boolean, page?: number, code?: boolean, why?: "named" | "patient" | "hurtful" | "other" }} AnyOp */
/** @typedef {{ kind: string, text: string, section: string | null, x: number, y: number, w: number, order: string, by: string, at: number, draft?: boolean, face?: LiveStatus, phase?: string, paper?: boolean, theme?: string | null, reworded?: string }} CardFields */
/** @typedef {{ title: string, prompt: string, example: string, x: number, y: number, w: number, h: number, layout: "grid" | "free", axis_left: string, axis_right: string, axis_top: string, axis_bottom: string, order: string, by: string, at: number, locked?: boolean }} SectionFields */
/** @typedef {{ start: string, end: string, means: string, by: string, at: number }} LinkFields */
/** @typedef {{ card: string, text: string, by: string, at: number }} CommentFields */
/** @typedef {{ facilitators: string[], lead: string, by: string, at: number, offered?: string | null, taking_part?: string[], purpose?: string, authority?: string, now?: string | null, moved?: string | null, ends_at?: number | null, left?: number | null, ended?: boolean, ended_at?: number | null, page?: number, hides_code?: boolean }} StageFields */
/** @typedef {{ prompt: string, by: string, at: number, sections?: string[], write?: "off" | "private" | "shared", names?: "named", kinds?: string[], question?: boolean, kept?: boolean, move?: "nobody" | "facilitators" | "everyone", vote?: Vote, about?: string[], minutes?: number | null, again_of?: string | null, opened?: number, revealed?: boolean, things?: string[], vote_open?: boolean, totals?: Totals | null, one?: string | null }} PhaseFields */
/** @typedef {{ title: string, order: string, by: string, at: number, section?: string | null }} ThemeFields */
/** @typedef {{ word: string, value: string, points: number[], goal?: string, sign?: "better" | "worse" | "higher" | "lower" | "expected", record?: string, title?: string, kind?: string, date?: string }} LiveStatus */
/** @typedef {{ how: "none" | "dots" | "choice", dots: number, most: number, options: string[] }} Vote */
/** @typedef {{ id: string, dots: number, by?: Record<string, number> }} Total */
/** @typedef {{ people: number, of?: Total[], too_few?: boolean }} Totals */
/** @typedef {{ id: string, item: string, seq: number, fields: Record<string, any> }} Item */
/** @typedef {{ n: number | null, seq?: number, code?: string, say?: string, merged?: string[], conflict?: Record<string, string>, skipped?: number, undo?: boolean, cleaned?: string[], merged_with?: string, left_out?: Record<string, string> }} OpResult */
/** @typedef {{ x: number | null, y: number | null, on: string | null, writing: boolean }} Here */
/** @typedef {{ id: string, name: string, organisation: string, role: string, may: string[] }} You */
/** @typedef {{ type: "conflict", id: string, field: string, yours: string, theirs: string }} Conflict */
/** @typedef {{ i: number, of: number }} Part */
/** @typedef {{ type: "welcome", conn: number, you: You, audience: string, full: boolean, from: number, to: number, part: Part, puts: Item[], dels: string[], last_n: number, limits: Record<string, number>, conflicts?: Conflict[], waiting?: boolean }} Welcome */
/** @typedef {{ type: "changes", from: number, to: number, puts: Item[], dels: string[], acks: OpResult[], audience?: string, conflicts?: Conflict[] }} Changes */
/** @typedef {{ type: "parts", to: number, parts: string[] }} Parts */
/** @typedef {{ id: string, count: number, latest: number }} PartCount */
/** @typedef {{ id: string, part: string, after: string, html: string }} NewsCard */
/** @typedef {{ type: "news", to: number, ask: string[] | null, counts: PartCount[], gone: string[], cards: string }} News */
/** @typedef {{ type: "progress", phase: string, of: number, finished: number, wrote: number, voted: number }} Progress */
/** @typedef {{ type: "cast", phase: string, slot: number, code?: string, say?: string }} CastAnswer */
/** @typedef {{ type: "pong", to: number }} Pong */
/** @typedef {{ type: "bye", code: number, say: string, retry_after: number | null }} Bye */

export const VERSION = 1

export const LIMITS = { op: 16384, batch: 262144, parts: 200, text: 4000, cards: 5000, rate: 20, burst: 60 }

export const TEXT_LIMITS = {
  text: 4000,
  title: 200,
  prompt: 600,
  example: 600,
  axis_left: 60,
  axis_right: 60,
  axis_top: 60,
  axis_bottom: 60,
  purpose: 600,
  authority: 600,
}

export const REFUSED = ["invalid", "not_found", "not_allowed", "too_long", "full", "locked", "unavailable"]

export const CLOSE = {
  "signed-out": 4401,
  "not-a-member": 4403,
  gone: 4404,
  replaced: 4408,
  reload: 4410,
  unavailable: 4503,
}

export const FINAL = { "signed-out": 4401, "not-a-member": 4403, gone: 4404, reload: 4410 }

export const CARD_KINDS = [
  { tag: "note", word: "Note", prompt: "What do you want to say?" },
  { tag: "problem", word: "Problem", prompt: "What happens, to whom, and where?" },
  { tag: "dilemma", word: "Dilemma", prompt: "How is it that we … and … at the same time?" },
  { tag: "assumption", word: "Assumption", prompt: "For this to work, we believe that …" },
  { tag: "outcome", word: "Outcome", prompt: "What would be different for a person?" },
  { tag: "ask", word: "Ask", prompt: "What do you need, and from whom?" },
  { tag: "offer", word: "Offer", prompt: "What can you bring?" },
  { tag: "question", word: "Question", prompt: "What would you like to understand?" },
]

export const LINK_MEANINGS = [
  { tag: "leads_to", word: "Leads to", back: "Follows from" },
  { tag: "symptom_of", word: "Is a symptom of", back: "Shows itself in" },
  { tag: "challenges", word: "Challenges", back: "Challenged by" },
  { tag: "builds_on", word: "Builds on", back: "Built on by" },
  { tag: "tests", word: "Tests", back: "Tested by" },
  { tag: "serves", word: "Serves", back: "Served by" },
]

export const CARD = { w: 200, h: 132 }

export const SECTION = { w: 520, h: 320 }

export const CARD_BOUNDS = { x: [-1000000, 1000000], y: [-1000000, 1000000], w: [140, 640] }

export const SECTION_BOUNDS = {
  x: [-1000000, 1000000],
  y: [-1000000, 1000000],
  w: [200, 8000],
  h: [120, 8000],
}

export const GRID = { gap: 24, top: 24, aside: 14, layers: 5 }

export const GUTTER = 12

export const ROOM = { heading: 80, beside: 40 }

export const MOST_LOOSE = 300

export const STATUS_KIND = "outcome"

export const DEFAULTS = {
  card: { section: null },
  section: {
    prompt: "",
    example: "",
    w: 520,
    h: 320,
    layout: "grid",
    axis_left: "",
    axis_right: "",
    axis_top: "",
    axis_bottom: "",
  },
  link: {},
  comment: {},
}
