import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { boardFiles } from '../grafana/boards.ts'
import { kubernetesFiles } from '../kubernetes/manifests.ts'
import { prometheusFiles } from '../prometheus/files.ts'
import { services } from '../services.ts'
import { asyncapiDocument } from './asyncapi.ts'
import { consoleFiles } from './console.ts'
import { coverageTable } from './coverage.ts'
import { openapiDocument } from './openapi.ts'
import { eventsPage, permissionsPage, routesPage } from './references.ts'

/** `npm run docs`: writes what derives from the declarations into docs/generated, the console and infra; with `--check` it only compares. */
const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))))
const folder = 'docs/generated'
const consoleFolder = 'services/console/src/api/generated'
const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`

const openapi = await openapiDocument(services)
const inDocs: Record<string, string> = {
  'openapi.json': json(openapi),
  'asyncapi.json': json(asyncapiDocument(services)),
  'routes.md': routesPage(services),
  'events.md': eventsPage(services),
  'permissions.md': permissionsPage(services),
  'coverage.md': coverageTable(root),
}

const files = [
  ...Object.entries(inDocs).map(([name, text]) => [join(folder, name), text] as const),
  ...Object.entries(consoleFiles(openapi)).map(([name, text]) => [join(consoleFolder, name), text] as const),
  ...Object.entries(prometheusFiles()).map(([name, text]) => [join('infra/prometheus', name), text] as const),
  ...Object.entries(kubernetesFiles()).map(([name, text]) => [join('infra/kubernetes/generated', name), text] as const),
  ...Object.entries(boardFiles()).map(([name, text]) => [join('infra/grafana', name), text] as const),
]

const stale = files.filter(([name, text]) => !existsSync(join(root, name)) || readFileSync(join(root, name), 'utf8') !== text)
if (process.argv.includes('--check')) {
  for (const [name] of stale) process.stdout.write(`${name} is out of date: run npm run docs\n`)
  process.exitCode = stale.length > 0 ? 1 : 0
} else {
  for (const [name, text] of stale) {
    mkdirSync(dirname(join(root, name)), { recursive: true })
    writeFileSync(join(root, name), text)
    process.stdout.write(`wrote ${name}\n`)
  }
}
process.exit()
