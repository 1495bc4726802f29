import { runLine } from './line.ts'

// No waiting at the top of the module: the one file that is built of it is a function.
void runLine(process.argv.slice(2), { env: process.env, out: process.stdout, errors: process.stderr, now: Date.now }).then((code) => {
  process.exitCode = code
})
