import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { Agent, get } from 'node:http'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { people as peopleView } from '../../services/membership/src/views/people.ts'
import type { Recorded } from '../../shared/src/aggregate.ts'
import { operationsOf } from '../../shared/src/consume/rows.ts'
import { inTransaction } from '../../shared/src/consume/transaction.ts'
import { activeBuild } from '../../shared/src/consume/view-builds.ts'
import { tableWriter } from '../../shared/src/consume/view-tables.ts'
import { nameFrom } from '../sample/names.ts'
import { randomFrom } from '../sample/random.ts'
import { nodeFlags } from '../service-process.ts'
import { type Figure, figure, percentile } from './figure.ts'

type Service = { readonly child: ChildProcess; readonly address: string; readonly authorization: string; readonly database: string }

const mega = 1_048_576
const atOnce = 2_500
const agent = new Agent({ keepAlive: true })

/** Of half a million people, through HTTP: how long a search takes, and how long a list of a hundred thousand takes on its way out of a process how large. */
export const benchPeople = async (people: number, exported: number): Promise<Figure[]> => {
  const child = fork(fileURLToPath(new URL('./people-service.ts', import.meta.url)), { execArgv: [...process.execArgv, ...nodeFlags] })
  const [told] = (await once(child, 'message')) as [Omit<Service, 'child'>]
  const service = { child, ...told }
  await fill(service, people, exported)
  const waits: number[] = []
  for (let round = 0; round < 40; round++)
    for (const question of questions) {
      const began = performance.now()
      await read(service, `/people?limit=50&q=${encodeURIComponent(question(round))}`, () => {})
      waits.push(performance.now() - began)
    }
  const figures = [
    figure(`people-search-p50-of-${people}`, percentile(waits, 0.5), 'ms', `${questions.length} kinds of question`, null),
    figure(`people-search-p95-of-${people}`, percentile(waits, 0.95), 'ms', `${questions.length} kinds of question`, null),
    ...(await benchExport(service, exported)),
  ]
  const ended = once(child, 'exit')
  child.send('stop')
  await ended
  return figures
}

/** By name, by one character, by pinyin in full and in part, by initials, by number in full, at its end and in its middle. */
const questions: readonly ((round: number) => string)[] = [
  () => '王伟',
  () => '敏',
  (round) => ['zhangwei', 'lina', 'wangfang', 'chenjie'][round % 4] as string,
  (round) => ['zhang', 'ouyang', 'xiao', 'ting'][round % 4] as string,
  (round) => ['zw', 'ln', 'wf', 'cj'][round % 4] as string,
  (round) => `2026${String(round * 7_919).padStart(8, '0')}`,
  (round) => String(10_000 + round * 97),
  (round) => String(round * 7).padStart(3, '0'),
]

/** The rows that the view makes of as many registrations, written by it, without the facts behind them: nothing that is measured reads those. */
const fill = async ({ database }: Service, people: number, exported: number): Promise<void> => {
  const pool = new pg.Pool({ connectionString: database, max: 2, pipeline: true } as pg.PoolConfig)
  const { schema } = await activeBuild(pool, peopleView.name)
  const [operations, write] = [operationsOf(peopleView), tableWriter(peopleView, schema)]
  const random = randomFrom(20_260_901)
  const registered = (n: number) => {
    const data = { person: `p-${n}`, name: nameFrom(random), number: `2026${String(n).padStart(8, '0')}`, campus: n < exported ? 'pps' : 'gufe', college: null }
    return { type: 'membership.person-registered.v1', data } as unknown as Recorded
  }
  for (let next = 0; next < people; next += atOnce) {
    const facts = Array.from({ length: Math.min(atOnce, people - next) }, (_, index) => registered(next + index))
    await inTransaction(pool, (tx) => write(tx, operations(facts)), 'unhurried')
  }
  await pool.query(`vacuum analyze "${schema}".person`)
  await pool.end()
}

/** Reads an answer to its end, piece by piece. Throws where it is none of success. */
const read = ({ address, authorization }: Service, path: string, piece: (bytes: Buffer) => void): Promise<void> =>
  new Promise((resolve, reject) => {
    get(`${address}${path}`, { agent, headers: { authorization } }, (answer) => {
      answer.on('data', piece)
      answer.on('end', () => (answer.statusCode === 200 ? resolve() : reject(new Error(`${path} was answered ${answer.statusCode}`))))
      answer.on('error', reject)
    }).on('error', reject)
  })

const memoryOf = async ({ child }: Service): Promise<{ now: number; most: number }> => {
  child.send('memory')
  return ((await once(child, 'message')) as [{ now: number; most: number }])[0]
}

const benchExport = async (service: Service, rows: number): Promise<Figure[]> => {
  const { address, authorization } = service
  const headers = { authorization, 'content-type': 'application/json' }
  const ordered = await fetch(`${address}/people/exports`, { method: 'POST', headers, body: JSON.stringify({ unit: 'pps', format: 'csv' }) })
  const { id } = (await ordered.json()) as { id: string }
  const before = await memoryOf(service)
  let lines = 0
  const began = performance.now()
  await read(service, `/people/exports/${id}/file`, (bytes) => {
    for (const byte of bytes) if (byte === 10) lines += 1
  })
  const seconds = (performance.now() - began) / 1_000
  const after = await memoryOf(service)
  if (lines !== rows + 1) throw new Error(`${rows} rows were to come, and ${lines - 1} came`)
  return [
    figure(`export-${rows}-rows`, seconds, 's', 'CSV over HTTP', null),
    figure(
      `export-${rows}-rows-memory`,
      Math.max(0, after.most - Math.max(before.most, before.now)) / mega,
      'MB',
      'more at its highest than ever before',
      null,
    ),
    figure(`export-${rows}-rows-resident`, after.most / mega, 'MB', 'resident at its highest, the process of the service', null),
  ]
}
