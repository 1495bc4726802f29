import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { services } from '../services.ts'
import { asyncapiDocument } from './asyncapi.ts'
import { coverageTable } from './coverage.ts'
import { openapiDocument } from './openapi.ts'
import { eventsPage, permissionsPage, routesPage } from './references.ts'

/** `npm run docs`: writes what derives from the declarations into docs/generated; with `--check` it only compares. */
const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))))
const folder = join(root, 'docs/generated')
const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`

const files: Record<string, string> = {
  'openapi.json': json(await openapiDocument(services)),
  'asyncapi.json': json(asyncapiDocument(services)),
  'routes.md': routesPage(services),
  'events.md': eventsPage(services),
  'permissions.md': permissionsPage(services),
  'coverage.md': coverageTable(root),
}

mkdirSync(folder, { recursive: true })
const stale = Object.entries(files).filter(([name, text]) => !existsSync(join(folder, name)) || readFileSync(join(folder, name), 'utf8') !== text)
if (process.argv.includes('--check')) {
  for (const [name] of stale) process.stdout.write(`docs/generated/${name} is out of date: run npm run docs\n`)
  process.exitCode = stale.length > 0 ? 1 : 0
} else {
  for (const [name, text] of stale) {
    writeFileSync(join(folder, name), text)
    process.stdout.write(`wrote docs/generated/${name}\n`)
  }
}
process.exit()
