import { startCollegium } from '../kit/collegium.ts'
import { story } from './story.ts'

story('embedded', async () => {
  const collegium = await startCollegium()
  return { ...collegium, form: 'embedded', restart: () => collegium.restart() }
})
