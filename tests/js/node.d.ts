// Node's own modules count as untyped: with their types, timers in the browser's code would be Node's.
declare module "node:*"
