// Names that are not known yet are asked for: soon, all at once, and no id twice that nobody has.
import assert from "node:assert/strict"
import { afterEach, beforeEach, mock, test } from "node:test"
import { People } from "app/board/shell/people.js"

const ANA = /** @type {any} */ ({ id: "ana", name: "Ana" })
const CLEO = /** @type {any} */ ({ id: "cleo", name: "Cleo" })

/** @type {any[]} */
let answers
/** @type {People} */
let people
/** @type {number} */
let asked

beforeEach(async () => {
  mock.timers.enable({ apis: ["setTimeout", "Date"], now: 100_000 })
  asked = 0
  answers = [[ANA]]
  const list = async () => {
    asked++
    const answer = answers.length > 1 ? answers.shift() : answers[0]
    if (!answer) throw new Error("no network")
    return answer
  }
  people = new People(/** @type {any} */ ({ list }))
  await people.load()
  answers = [[ANA, CLEO]]
})

afterEach(() => mock.timers.reset())

/** @param {number} ms */
async function pass(ms) {
  mock.timers.tick(ms)
  for (let turn = 0; turn < 5; turn++) await null // what is asked is answered
}

test("somebody new whose id comes just after all were asked for has a name a little later", async () => {
  assert.equal(people.name("cleo"), "Somebody")
  await pass(4999)
  assert.equal(people.name("cleo"), "Somebody")
  await pass(1)

  assert.equal(people.name("cleo"), "Cleo")
  assert.equal(asked, 2)
})

test("somebody new is asked for at once where the last time is long ago", async () => {
  await pass(60_000)
  people.name("cleo")
  await pass(0)

  assert.equal(people.name("cleo"), "Cleo")
})

test("many unknown ids are one question, and those that nobody has are asked for once", async () => {
  for (const id of ["cleo", "gone", "lost"]) people.name(id)
  await pass(5000)
  people.on("changed", () => people.name("gone"))
  for (let n = 0; n < 5; n++) {
    people.name("gone")
    await pass(5000)
  }

  assert.equal(asked, 2)
  assert.equal(people.name("gone"), "Somebody")
})

test("what an answer that was on its way says is not asked for again", async () => {
  people.name("cleo")
  people.set([ANA, CLEO])
  await pass(5000)

  assert.equal(asked, 1)
})

test("without a network the next unknown id tries again", async () => {
  answers = [null, [ANA, CLEO]]
  people.name("cleo")
  await pass(5000)
  people.name("cleo")
  await pass(5000)

  assert.equal(people.name("cleo"), "Cleo")
})
