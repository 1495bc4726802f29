import { plant, thisService } from './plant.ts'

// Audit's checkpoints move in a transaction of their own, before that of the effects. The pause makes the moment between the two long enough to be met.
if (thisService === 'audit')
  plant('shared/src/consume/handling.ts', [
    [
      'const moved = moveCheckpoints(tx, consumer.name, moving)',
      'const moved = inTransaction(pool, (own) => moveCheckpoints(own, consumer.name, moving))\n          await moved\n          await sleep(1_000)',
    ],
  ])
