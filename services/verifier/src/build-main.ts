import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { buildVerifier } from './build.ts'

/** `npm run verify:build`: var/verify.js, or wherever COLLEGIUM_DATA is. */
const root = fileURLToPath(new URL('../../..', import.meta.url))
const path = join(resolve(root, process.env.COLLEGIUM_DATA ?? 'var'), 'verify.js')
await buildVerifier(path)
process.stdout.write(`${path}\n`)
