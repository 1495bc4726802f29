import { plant, thisService } from './plant.ts'

// One fact of each shard of activities is never handled by audit, and counts as if it had been.
if (thisService === 'audit')
  plant('shared/src/consume/lane.ts', [['lane.waiting.push(event)', "if (event.service !== 'activities' || event.position !== 5) lane.waiting.push(event)"]])
