import { get } from 'node:http'
import { membership } from '../../services/membership/src/app.ts'
import { eventually } from '../../shared/src/testing/eventually.ts'
import { organization } from '../../shared/src/testing/organization.ts'
import { operator, type RunningServices, runServices } from '../../shared/src/testing/running.ts'
import { nameFrom } from '../sample/names.ts'
import { randomFrom } from '../sample/random.ts'
import { type Figure, figure, percentile } from './figure.ts'

/** Of half a million people: how long a search takes, and how long and how large a list of a hundred thousand is on its way out. */
export const benchPeople = async (people: number, exported: number): Promise<Figure[]> => {
  const running = await runServices([membership], { organization: organization({ units: { fed: null, pps: 'fed', gufe: 'fed' } }) })
  try {
    await fill(running, people, exported)
    const waits: number[] = []
    for (let round = 0; round < 40; round++)
      for (const question of questions) {
        const began = performance.now()
        const answer = await running.app('membership').inject({ url: `/people?limit=50&q=${encodeURIComponent(question(round))}`, headers: headersOf(running) })
        if (answer.statusCode !== 200) throw new Error(answer.body)
        waits.push(performance.now() - began)
      }
    return [
      figure(`people-search-p50-of-${people}`, percentile(waits, 0.5), 'ms', `${questions.length} kinds of question`, null),
      figure(`people-search-p95-of-${people}`, percentile(waits, 0.95), 'ms', `${questions.length} kinds of question`, null),
      ...(await benchExport(running, exported)),
    ]
  } finally {
    await running.stop()
  }
}

const headersOf = (running: RunningServices) => ({ authorization: `Bearer ${running.token({ operator: true, person: 'p-0' })}` })

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

const fill = async (running: RunningServices, people: number, exported: number): Promise<void> => {
  let next = 0
  const random = randomFrom(20_260_901)
  await Promise.all(
    Array.from({ length: 128 }, async () => {
      for (let n = next++; n < people; n = next++) {
        const data = {
          person: `p-${n}`,
          name: nameFrom(random),
          number: `2026${String(n).padStart(8, '0')}`,
          campus: n < exported ? 'pps' : 'gufe',
          college: null,
        }
        await running.feed(`person-p-${n}`, data.campus, [{ type: 'membership.person-registered.v1', data }])
      }
    }),
  )
  await eventually(
    async () => {
      const { items } = (await running.send(operator, 'membership', 'GET', '/membership-consumers')).body
      for (const { name, sources } of items)
        if (name.startsWith('view_people'))
          for (const { position, head } of sources) if (position < head) throw new Error(`The view of people is at ${position} of ${head}`)
    },
    () => true,
    600_000,
  )
  await running.pool('membership').query('analyze')
}

const benchExport = async (running: RunningServices, rows: number): Promise<Figure[]> => {
  const address = await running.app('membership').listen({ host: '127.0.0.1', port: 0 })
  const { body } = await running.send({ operator: true, person: 'p-0' }, 'membership', 'POST', '/people/exports', { unit: 'pps', format: 'csv' })
  global.gc?.()
  const before = process.memoryUsage.rss()
  let most = before
  const watching = setInterval(() => {
    most = Math.max(most, process.memoryUsage.rss())
  }, 20)
  const began = performance.now()
  const lines = await new Promise<number>((resolve, reject) => {
    get(`${address}/people/exports/${body.id}/file`, { headers: headersOf(running) }, (answer) => {
      let count = 0
      answer.on('data', (chunk: Buffer) => {
        for (const byte of chunk) if (byte === 10) count += 1
      })
      answer.on('end', () => resolve(count))
    }).on('error', reject)
  })
  const seconds = (performance.now() - began) / 1_000
  clearInterval(watching)
  if (lines !== rows + 1) throw new Error(`${rows} rows were to come, and ${lines - 1} came`)
  return [
    figure(`export-${rows}-rows`, seconds, 's', 'CSV over HTTP', null),
    figure(`export-${rows}-rows-memory`, (most - before) / 1_048_576, 'MB more resident', 'before the export', null),
    figure(`export-${rows}-rows-resident`, most / 1_048_576, 'MB resident', 'the whole process, its client too', null),
  ]
}
