import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { resumeSource, type StoppedSource } from '../../api/operations.ts'
import { Act } from '../../parts/act.tsx'
import { useFormats } from '../../parts/format.ts'
import { Section } from '../../parts/page.tsx'
import { ForReason } from './for-reason.tsx'

/** Histories that somebody changed: the logs take nothing more of them, until they are mended and an operator says so. */
export const Stopped = ({ sources }: { sources: readonly StoppedSource[] }) => {
  const { t } = useTranslation()
  const { number } = useFormats()
  const [resumed, setResumed] = useState<number | null>(null)
  if (sources.length === 0 && resumed === null) return null
  return (
    <Section title={t('operations.stopped')}>
      {sources.length > 0 && <p className="quiet">{t('operations.stoppedLead')}</p>}
      {resumed !== null && <p role="status">{t('operations.resumed', { count: resumed, number: number(resumed) })}</p>}
      <ul className="plain parked">
        {sources.map((source) => (
          <li key={`${source.service}/${source.shard}`} data-source={`${source.service}/${source.shard}`}>
            <Source source={source} onResumed={setResumed} />
          </li>
        ))}
      </ul>
    </Section>
  )
}

const Source = ({ source, onResumed }: { source: StoppedSource; onResumed: (facts: number) => void }) => {
  const { t } = useTranslation()
  const { number } = useFormats()
  const [isAsked, setAsked] = useState(false)
  return (
    <>
      <p>
        <strong>{t(`services.${source.service}`)}</strong>{' '}
        <span className="quiet">{t('operations.stoppedAt', { shard: number(source.shard), position: number(source.position) })}</span>
      </p>
      <p className="failed">{source.fault}</p>
      <div className="buttons">
        <Act permission="log:repair" unit={null} className="primary" onPress={() => setAsked(true)}>
          {t('operations.resume')}
        </Act>
      </div>
      {isAsked && (
        <ForReason title={t('operations.resumeTitle')} lead={t('operations.resumeLead')} does={t('operations.resumeDo')} onClose={() => setAsked(false)}>
          {async (reason) => onResumed((await resumeSource(source, reason)).facts)}
        </ForReason>
      )}
    </>
  )
}
