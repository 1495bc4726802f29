import { startCollegiumDistributed } from '../kit/collegium.ts'
import { story } from './story.ts'

story('distributed', async () => {
  // A killed process keeps its partitions for so long; the story kills three times.
  process.env.COLLEGIUM_KAFKA_SESSION_MS = '6000'
  const collegium = await startCollegiumDistributed()
  return {
    ...collegium,
    form: 'distributed',
    restart: async (service) => {
      await collegium.system.processes[service]?.kill('SIGKILL')
      await collegium.system.processes[service]?.start()
    },
  }
})
