import { useQueries } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type ParkedEvent, parkedOf, retryParked, skipParked } from '../../api/operations.ts'
import { Act } from '../../parts/act.tsx'
import { useFormats } from '../../parts/format.ts'
import { Section } from '../../parts/page.tsx'
import { Failure } from '../../parts/states.tsx'
import { useAct } from './act.ts'
import { ForReason } from './for-reason.tsx'

/** What could not be handled, stream by stream: the fact itself, why, and how many wait behind it. */
export const Parked = ({ services }: { services: readonly string[] }) => {
  const { t } = useTranslation()
  const told = useQueries({ queries: services.map(parkedOf) })
  const streams = services.flatMap((owner, index) =>
    [...Map.groupBy(told[index]?.data ?? [], (each) => `${each.consumer} ${each.service} ${each.stream}`).values()].map((events) => ({ owner, events })),
  )
  if (streams.length === 0) return null
  return (
    <Section title={t('operations.parked')}>
      <p className="quiet">{t('operations.parkedLead')}</p>
      <ul className="plain parked">
        {streams.map(({ owner, events }) => (
          <li key={`${owner} ${events[0]?.consumer} ${events[0]?.stream}`} data-stream={events[0]?.stream}>
            <Stream owner={owner} events={events} />
          </li>
        ))}
      </ul>
    </Section>
  )
}

const Stream = ({ owner, events }: { owner: string; events: readonly ParkedEvent[] }) => {
  const { t } = useTranslation()
  const { number, moment } = useFormats()
  const [isSkipping, setSkipping] = useState(false)
  const first = events[0] as ParkedEvent
  const retry = useAct(() => retryParked(owner, at(first)))
  return (
    <>
      <p>
        <strong>{t(`events.${first.type}`, { defaultValue: first.type })}</strong> <code>{first.stream}</code>
      </p>
      <p className="quiet">
        {t('operations.parkedAt', {
          service: t(`services.${owner}`),
          consumer: first.consumer,
          moment: moment(first.parkedAt, Intl.DateTimeFormat().resolvedOptions().timeZone),
          tries: number(first.tries),
        })}
        {events.length > 1 && ` · ${t('operations.behindIt', { count: events.length - 1, number: number(events.length - 1) })}`}
      </p>
      {first.error !== null && <p className="failed">{first.error}</p>}
      <div className="buttons">
        <Act permission="operations:act" unit={null} className="primary" isBusy={retry.isPending} onPress={() => retry.mutate()}>
          {t('operations.retry')}
        </Act>
        <Act permission="operations:act" unit={null} onPress={() => setSkipping(true)}>
          {t('operations.skip')}
        </Act>
      </div>
      {retry.isError && <Failure error={retry.error} onRetry={() => retry.mutate()} />}
      {retry.data && retry.data.left > 0 && (
        <p className="failed" role="status">
          {t('operations.stillFails')}
        </p>
      )}
      {isSkipping && <Skip owner={owner} event={first} onClose={() => setSkipping(false)} />}
    </>
  )
}

const at = ({ consumer, service, stream }: ParkedEvent) => ({ consumer, service, stream })

const Skip = ({ owner, event, onClose }: { owner: string; event: ParkedEvent; onClose: () => void }) => {
  const { t } = useTranslation()
  return (
    <ForReason title={t('operations.skipTitle')} lead={t('operations.skipLead')} does={t('operations.skipDo')} onClose={onClose}>
      {(reason) => skipParked(owner, at(event), reason)}
    </ForReason>
  )
}
