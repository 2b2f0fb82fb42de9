// The words below a box: who will be able to read what is written in it.
import { isPrivateNow } from "./sync/answers.js"

/**
 * @param {import("./context.js").BoardContext} context
 * @param {string} id
 * @param {boolean} isNew
 */
export function readersWords(context, id, isNew) {
  const fields = context.get(id)?.fields
  if (isPrivateNow(isNew ? context.phase : context.get(fields?.phase)))
    return "Only you see this until it is revealed."
  return (isNew ? context.drafting : fields?.draft)
    ? "Only you see this until you publish it."
    : "Everyone in this space sees this as you write."
}
