import { startCollegiumDistributed } from '../kit/collegium.ts'
import { story } from './story.ts'

story('distributed', async () => {
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
