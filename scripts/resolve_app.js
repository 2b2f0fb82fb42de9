// Lets Node find "app/..." under static/js, as the import map of every page does for browsers.
import { register } from "node:module"

const root = new URL("../static/js/", import.meta.url)
const hooks = `export const resolve = (name, context, next) =>
  next(name.startsWith("app/") ? new URL(name.slice(4), ${JSON.stringify(root.href)}).href : name, context)`

register(`data:text/javascript,${encodeURIComponent(hooks)}`)
