// Runs tests/js with Node's own runner, and fails on a test that did not run: it proves nothing.
import { readdirSync } from "node:fs"
import process from "node:process"
import { run } from "node:test"
import { spec } from "node:test/reporters"

const folder = "tests/js"
const files = readdirSync(folder, { recursive: true })
  .filter((/** @type {string} */ name) => name.endsWith(".test.js"))
  .map((/** @type {string} */ name) => `${process.cwd()}/${folder}/${name}`)
let passed = 0
let wrong = 0

if (files.length === 0) {
  console.error(`There are no tests in ${folder}.`)
  process.exit(1)
}

// The tests run in processes of their own, which find the browser's modules by the same names as a page.
process.env.NODE_OPTIONS = `--import=${new URL("resolve_app.js", import.meta.url)}`
const tests = run({ files, concurrency: 2, timeout: 60_000 })
tests.on("test:pass", count)
tests.on("test:fail", () => wrong++)
tests.on("end", () => {
  if (passed === 0) wrong++
  process.exitCode = wrong ? 1 : 0
})
tests.compose(spec).pipe(process.stdout)

/** @param {{ name: string, skip?: unknown, todo?: unknown }} test */
function count({ name, skip, todo }) {
  passed++
  if (skip === undefined && todo === undefined) return
  wrong++
  console.error(`Left out, which counts as a failure here: ${name}`)
}
