// `npm run up -- [--brokers 3] [--free-ports]`: the distributed form on this machine, until SIGINT or SIGTERM.
import { parseArgs } from 'node:util'
import { startDistributed } from './distributed.ts'

const { values } = parseArgs({ options: { brokers: { type: 'string', default: '1' }, 'free-ports': { type: 'boolean', default: false } } })
if (values.brokers !== '1' && values.brokers !== '3') throw new Error(`--brokers may be 1 or 3, not ${values.brokers}`)

// A signal during the start is kept until what was started can be stopped.
const ended = new Promise<NodeJS.Signals>((resolve) => {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      console.log(`${signal}: stopping; a second one ends at once`)
      process.on(signal, () => process.exit(1))
      resolve(signal)
    })
  }
})

const begun = Date.now()
const system = await startDistributed({
  dir: process.env.COLLEGIUM_DATA || 'var',
  brokers: values.brokers === '3' ? 3 : 1,
  freePorts: values['free-ports'],
  shards: Number(process.env.COLLEGIUM_SHARDS || 8),
  say: console.log,
})
for (const { name, http, grpc, pid } of Object.values(system.processes))
  console.log(`${name.padEnd(14)} ${http}${grpc === null ? '' : `  gRPC ${grpc}`}  process ${pid()}`)
console.log(`logs in ${system.dir}/log`)
console.log(`Collegium is up after ${((Date.now() - begun) / 1000).toFixed(1)} s: ${system.gateway}`)
await ended
await system.stop()
