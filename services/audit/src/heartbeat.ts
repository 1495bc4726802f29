import { aggregate, commandsOf, type EventOf } from '@collegium/shared/aggregate.ts'
import { systemActor } from '@collegium/shared/handle.ts'
import { idFrom } from '@collegium/shared/ids.ts'
import type { Logger } from '@collegium/shared/logger.ts'
import { run } from '@collegium/shared/reaction.ts'
import { Instant } from '@collegium/shared/schema.ts'
import type { Kernel } from '@collegium/shared/service.ts'
import Type from 'typebox'
import { heartbeat } from './events.ts'

type Beats = { status: 'none' | 'beating'; last: string }
type Beat = EventOf<typeof heartbeat>

const command = commandsOf<Beats, Beat>()

const beat = command({
  route: 'internal',
  permission: 'system',
  input: Type.Object({ unit: Type.String(), hour: Instant }),
  decide: (state, { hour }) => (state.last >= hour ? [] : [{ type: 'audit.heartbeat.v1', data: { hour } }]),
})

/** One fact each hour, so that a log that says nothing new is seen to stand still. A stream a month. */
export const heartbeats = aggregate<Beats, Beat>({
  name: 'heartbeat',
  path: '/heartbeats',
  read: 'trail:read',
  events: [heartbeat],
  initial: () => ({ status: 'none', last: '' }),
  evolve: (_state, { data }) => ({ status: 'beating', last: data.hour }),
  commands: { beat },
})

const lookMs = 60_000

/** Beats once in each hour that the service lives in, whichever process is first. Returns how to stop. */
export const startHeartbeat = (kernel: Kernel, clock: () => string, logger: Logger): (() => void) => {
  let last = ''
  const look = async (): Promise<void> => {
    const hour = `${clock().slice(0, 13)}:00:00.000Z`
    const unit = kernel.directory().root()
    if (hour === last || unit === null) return
    await kernel.execute(run(heartbeats, beat, hour.slice(0, 7), { unit, hour }), {
      actor: systemActor('audit.heartbeat'),
      commandId: idFrom('heartbeat', hour),
    })
    last = hour
  }
  const safely = (): void => void look().catch((error) => logger.warn({ err: error }, 'the heartbeat was not stored; it is tried again'))
  safely()
  const timer = setInterval(safely, lookMs).unref()
  return () => clearInterval(timer)
}
