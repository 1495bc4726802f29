import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useFormats } from '../../parts/format.ts'
import { PersonName, useUnit } from '../../parts/names.tsx'
import { Section } from '../../parts/page.tsx'
import { Empty } from '../../parts/states.tsx'
import type { Document } from './document.tsx'

/** Where it is now: who has approved, for whose word it waits, and why it came back. */
export const ApprovalLine = ({ document }: { document: Document }) => {
  const { t } = useTranslation()
  const { moment } = useFormats()
  const { issuer, status, line, ground, returnedBy } = document
  const zone = useUnit(issuer)?.timezone ?? 'UTC'
  return (
    <Section title={t('documents.line')}>
      {ground !== null && status === 'returned' && (
        <div className="returned">
          <p>
            <strong>{t('documents.returned')}</strong> {returnedBy !== null && <PersonName id={returnedBy} />}
          </p>
          <p className="text">{ground}</p>
        </div>
      )}
      {line.length === 0 && (
        <Empty title={t('documents.noLine')}>
          <p>{t('documents.noLineWhy')}</p>
        </Empty>
      )}
      <ol className="approvals">
        {line.map(({ person, approvedAt }) => (
          <li key={person} data-state={approvedAt === null ? 'waiting' : 'done'}>
            <PersonName id={person} />
            {approvedAt === null ? (
              <span className="quiet">{t(status === 'submitted' ? 'documents.waiting' : 'documents.notYet')}</span>
            ) : (
              <time className="quiet" dateTime={approvedAt}>
                {t('documents.approvedAt', { moment: moment(approvedAt, zone) })}
              </time>
            )}
          </li>
        ))}
      </ol>
    </Section>
  )
}

/** The number, where it stands in its register, and how long the document is kept. */
export const Filing = ({ filing, issuer }: { filing: NonNullable<Document['filing']>; issuer: string }) => {
  const { t } = useTranslation()
  const { moment } = useFormats()
  const zone = useUnit(issuer)?.timezone ?? 'UTC'
  return (
    <Section title={t('fields.filing')}>
      <dl className="rows">
        <div>
          <dt>{t('fields.number')}</dt>
          <dd>
            {filing.label} {filing.void !== null && <span className="chip wait">{t('documents.void')}</span>}
          </dd>
        </div>
        {filing.void !== null && (
          <div>
            <dt>{t('fields.ground')}</dt>
            <dd className="text">{filing.void}</dd>
          </div>
        )}
        <div>
          <dt>{t('documents.filedAt')}</dt>
          <dd>
            <time dateTime={filing.at}>{moment(filing.at, zone)}</time>
          </dd>
        </div>
        <div>
          <dt>{t('fields.retention')}</dt>
          <dd>{filing.retention === 0 ? t('documents.forEver') : t('documents.years', { count: filing.retention })}</dd>
        </div>
      </dl>
      <p className="tile-foot">
        <Link to="/desk" search={{ issuer }}>
          {t('fields.register')}
        </Link>
      </p>
    </Section>
  )
}
