import { useTranslation } from 'react-i18next'
import type { HistoryFact } from '../../api/history.ts'
import { useFormats } from '../../parts/format.ts'
import { ActorName, PostAt } from '../../parts/names.tsx'

/** Every decision in its order: what, when, who, under which post, and why. */
export const Timeline = ({ facts, timeZone }: { facts: readonly HistoryFact[]; timeZone: string }) => {
  const { t } = useTranslation()
  const { moment } = useFormats()
  return (
    <ol className="timeline">
      {facts.map(({ id, type, occurred, actor, reason, data }) => {
        const why = typeof data.reason === 'string' ? data.reason : reason
        return (
          <li key={id}>
            <strong>{t(`events.${type}`)}</strong>
            <time className="quiet" dateTime={occurred}>
              {moment(occurred, timeZone)}
            </time>
            <span>
              <ActorName actor={actor} />
              {actor.post !== null && (
                <span className="quiet">
                  {' · '}
                  <PostAt post={actor.post} />
                </span>
              )}
            </span>
            {why !== null && <span className="text">{t('appointments.because', { reason: why })}</span>}
          </li>
        )
      })}
    </ol>
  )
}
