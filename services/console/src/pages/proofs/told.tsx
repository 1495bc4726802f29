import type { Entry } from '@collegium/shared/evidence/entry.ts'
import { useMutation } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { lookUp } from '../../api/evidence.ts'
import type { Faulty, Promised, Proved, Verdict } from '../../evidence/check.ts'
import { useFormats } from '../../parts/format.ts'
import { Section } from '../../parts/page.tsx'
import { hereZone, PlaceInLog } from '../../parts/place-in-log.tsx'
import { Failure } from '../../parts/states.tsx'

/** What the check says, in words first. */
export const Told = ({ name, verdict }: { name: string | null; verdict: Verdict }) => {
  const { t } = useTranslation()
  const titles = { proof: t('proofs.good'), receipt: t('proofs.promise'), fault: t('proofs.bad') }
  return (
    <Section title={titles[verdict.kind]}>
      <div className="told" data-verdict={verdict.kind}>
        {name !== null && <p className="quiet">{t('proofs.of', { name })}</p>}
        {verdict.kind === 'proof' && <Holds proved={verdict} />}
        {verdict.kind === 'receipt' && <Receipt promised={verdict} />}
        {verdict.kind === 'fault' && <Bad fault={verdict} />}
      </div>
    </Section>
  )
}

const Bad = ({ fault: { code, why } }: { fault: Faulty }) => {
  const { t } = useTranslation()
  return (
    <>
      <p className="verdict bad">{t(`proofs.fault.${code}`)}</p>
      {why !== '' && (
        <details>
          <summary>{t('proofs.closer')}</summary>
          <p className="quiet text">{why}</p>
        </details>
      )}
    </>
  )
}

const Holds = ({ proved }: { proved: Proved }) => {
  const { t } = useTranslation()
  const { origin, index, size, root, cosigned, entry } = proved
  return (
    <>
      <p className="verdict good">{t('proofs.goodWhy')}</p>
      {entry && <About entry={entry} />}
      <PlaceInLog {...{ origin, index, size, root, cosigned }} />
    </>
  )
}

const Row = ({ name, children }: { name: string; children: ReactNode }) => (
  <div>
    <dt>{name}</dt>
    <dd>{children}</dd>
  </div>
)

/** What the log says of the fact; the fact itself is with whoever may see it. */
const About = ({ entry }: { entry: Entry }) => {
  const { t } = useTranslation()
  const { moment } = useFormats()
  return (
    <dl className="rows">
      <Row name={t('proofs.about')}>{t(`events.${entry.type}`, { defaultValue: entry.type })}</Row>
      <Row name={t('proofs.stream')}>
        <code>{t('proofs.version', { stream: `${entry.source}/${entry.stream}`, version: entry.version })}</code>
      </Row>
      <Row name={t('proofs.recorded')}>
        <time dateTime={entry.recorded}>{moment(entry.recorded, hereZone())}</time>
      </Row>
      <Row name={t('proofs.unit')}>
        <code>{entry.unit}</code>
      </Row>
      <Row name={t('proofs.actor')}>
        <code>{[entry.actor, entry.post].filter((part) => part !== '').join(' · ') || '—'}</code>
      </Row>
      <Row name={t('proofs.digest')}>
        <code>{entry.record}</code>
      </Row>
    </dl>
  )
}

const Receipt = ({ promised: { accepted, mergeBy, origin, leaf, note } }: { promised: Promised }) => {
  const { t } = useTranslation()
  const { moment, number } = useFormats()
  const asked = useMutation({ mutationFn: () => lookUp(note) })
  const time = (seconds: number): string => moment(new Date(seconds * 1000).toISOString(), hereZone())
  return (
    <>
      <p className="verdict good">{t('proofs.promiseWhy')}</p>
      <dl className="rows">
        <Row name={t('proof.log')}>{origin}</Row>
        <Row name={t('proofs.accepted')}>{time(accepted)}</Row>
        <Row name={t('proofs.mergeBy')}>{time(mergeBy)}</Row>
        <Row name={t('proofs.leaf')}>
          <code>{leaf}</code>
        </Row>
      </dl>
      <button type="button" className="button start" disabled={asked.isPending} onClick={() => asked.mutate()}>
        {t('proofs.ask')}
      </button>
      {asked.isError && <Failure error={asked.error} />}
      {asked.data && (
        <p className={asked.data.state === 'overdue' ? 'verdict bad' : 'verdict good'}>
          {t(`proofs.state.${asked.data.state}`, { index: number(asked.data.index ?? 0), size: number(asked.data.size) })}
        </p>
      )}
    </>
  )
}
