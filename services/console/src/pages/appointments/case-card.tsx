import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Row } from '../../api/read.ts'
import { PersonName, PostName, UnitName } from '../../parts/names.tsx'
import { StageLine } from '../../parts/stage-line.tsx'
import { NoticeLine } from './notice-line.tsx'

/** One appointment in a list: who, for what, how far; `children` are what may be done in place. */
export const CaseCard = ({ row, children }: { row: Row<'/appointments'>; children?: ReactNode }) => {
  const { t } = useTranslation()
  const { id, person, name, kind, unit, status, citation, openObjections, entered } = row
  return (
    <article className="case-card">
      <div className="case-head">
        <h3>
          <Link to="/appointments/$id" params={{ id }}>
            {name ?? <PersonName id={person} />}
          </Link>
        </h3>
        <span className="quiet">
          <PostName kind={kind} /> · <UnitName id={unit} />
        </span>
      </div>
      <StageLine status={status} entered={entered} />
      {status === 'notice' && <NoticeLine appointment={id} unit={unit} />}
      <p className="case-chips">
        {openObjections > 0 && <span className="chip wait">{t('appointments.openObjections', { count: openObjections })}</span>}
        {citation === null ? <span className="chip">{t('appointments.noDocument')}</span> : <span className="quiet">{citation}</span>}
      </p>
      {children}
    </article>
  )
}
