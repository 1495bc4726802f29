import { membership } from '../../services/membership/src/app.ts'
import { organization } from '../../shared/src/testing/organization.ts'
import { runServices } from '../../shared/src/testing/running.ts'

/** Membership as a process of its own, so that what it holds in memory is its own: tells where it is, and its memory when asked. */
const running = await runServices([membership], { organization: organization({ units: { fed: null, pps: 'fed', gufe: 'fed' } }) })

process.on('message', async (said) => {
  if (said === 'memory') process.send?.({ now: process.memoryUsage.rss(), most: process.resourceUsage().maxRSS * 1_024 })
  if (said !== 'stop') return
  await running.stop()
  process.exit()
})
process.send?.({
  address: await running.app('membership').listen({ host: '127.0.0.1', port: 0 }),
  authorization: `Bearer ${running.token({ operator: true, person: 'p-0' })}`,
  database: running.pool('membership').options.connectionString,
})
