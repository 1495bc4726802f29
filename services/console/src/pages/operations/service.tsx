import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { consumersOf, type Health, health } from '../../api/operations.ts'
import { useFormats } from '../../parts/format.ts'
import { Section } from '../../parts/page.tsx'
import { Failure, Loading } from '../../parts/states.tsx'
import { Builds } from './builds.tsx'

/** One service: is it up, what does it wait for, how far are its readers. */
export const Service = ({ name }: { name: string }) => {
  const { t } = useTranslation()
  const told = useQuery(health(name))
  const state = told.isError ? 'down' : told.data === undefined ? 'asked' : told.data.slow.length > 0 ? 'slow' : 'up'
  return (
    <Section
      title={t(`services.${name}`)}
      aside={
        <span className={`chip ${{ up: 'good', slow: 'wait', down: 'bad', asked: '' }[state]}`} data-service={name} data-state={state}>
          {t(`operations.states.${state}`)}
        </span>
      }
    >
      {told.isPending && <Loading />}
      {told.isError && <Failure error={told.error} onRetry={() => told.refetch()} />}
      {told.data && (
        <>
          <Figures health={told.data} />
          <Builds service={name} builds={told.data.builds} />
          <Consumers service={name} />
        </>
      )}
    </Section>
  )
}

const Figures = ({ health: { postgres, relay, behind, eventLoop, memoryBytes, upSince } }: { health: Health }) => {
  const { t } = useTranslation()
  const { number, share, moment } = useFormats()
  const figures: readonly [name: string, value: string][] = [
    ['postgres', postgres.answersMs === null ? t('operations.noAnswer') : t('operations.ms', { ms: number(postgres.answersMs) })],
    ['connections', t('operations.connectionsOf', { used: number(postgres.used), idle: number(postgres.idle), waiting: number(postgres.waiting) })],
    [
      'relay',
      relay === null ? t('operations.noRelay') : t('operations.relayOf', { unsent: number(relay.unsent), seconds: number(Math.round(relay.oldestSeconds)) }),
    ],
    ['behind', t('operations.facts', { count: behind, number: number(behind) })],
    ['eventLoop', t('operations.loopOf', { ms: number(eventLoop.delayMs), share: share(Math.min(1, eventLoop.utilisation)) })],
    ['memory', t('operations.megabytes', { number: number(Math.round(memoryBytes / 1_048_576)) })],
    ['since', moment(upSince, Intl.DateTimeFormat().resolvedOptions().timeZone)],
  ]
  return (
    <dl className="rows health">
      {figures.map(([name, value]) => (
        <div key={name} data-figure={name}>
          <dt>{t(`operations.figures.${name}`)}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}

/** Asked for only when somebody opens it: it is long, and rarely needed. */
const Consumers = ({ service }: { service: string }) => {
  const { t } = useTranslation()
  const [isOpen, setOpen] = useState(false)
  return (
    <details onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{t('operations.consumers')}</summary>
      {isOpen && <ConsumerList service={service} />}
    </details>
  )
}

const ConsumerList = ({ service }: { service: string }) => {
  const { t } = useTranslation()
  const { number } = useFormats()
  const told = useQuery(consumersOf(service))
  if (told.isPending) return <Loading />
  if (told.isError) return <Failure error={told.error} onRetry={() => told.refetch()} />
  return (
    <ul className="plain consumers">
      {told.data.map(({ name, sources, error, holes, standingSeconds, standsStill, parkedStreams }) => {
        const [position, head] = [sum(sources.map((each) => each.position)), sum(sources.map((each) => each.head))]
        return (
          <li key={name} data-consumer={name}>
            <code>{name}</code>
            <span className="quiet">
              {t('operations.positionOf', { position: number(position), head: number(head), lag: number(head - position) })}
              {holes > 0 && ` · ${t('operations.holes', { count: holes, number: number(holes) })}`}
              {parkedStreams > 0 && ` · ${t('operations.parkedStreams', { count: parkedStreams, number: number(parkedStreams) })}`}
            </span>
            {standsStill && <span className="failed">{t('operations.stands', { seconds: number(standingSeconds) })}</span>}
            {error !== null && <span className="failed">{t('operations.lastError', { error })}</span>}
          </li>
        )
      })}
    </ul>
  )
}

const sum = (numbers: readonly number[]): number => numbers.reduce((all, each) => all + each, 0)
