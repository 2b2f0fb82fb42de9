// Whether an answer is from our server: a portal, a filter or a proxy may answer in its place, with a page as good as any.

const NAME = "x-answered-by" // app/headers.py puts it on every answer

/** Our server redirects no script, so where a redirect was followed something else asked for it. @param {Response} answer */
export function isOwn(answer) {
  return answer.headers.get(NAME) === "throughline" && !answer.redirected
}

/** Raises an error where the answer is not ours. @param {Response} answer */
export function assertOwn(answer) {
  if (!isOwn(answer)) throw new Error("The answer is not ours.")
  return answer
}
