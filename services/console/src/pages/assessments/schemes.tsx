import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { listing } from '../../api/read.ts'
import { FirstStep } from '../../parts/first-step.tsx'
import { useFormats } from '../../parts/format.ts'
import { List } from '../../parts/list.tsx'
import { useMay } from '../../parts/may.ts'
import { UnitName } from '../../parts/names.tsx'
import { PageTitle } from '../../parts/page.tsx'
import { Empty } from '../../parts/states.tsx'
import './assessments.css'

/** By what is assessed: every scheme with its latest revision and the one in force. */
export const SchemesPage = () => {
  const { t } = useTranslation()
  const { label } = useFormats()
  const { may } = useMay('schemes:draft', null)
  const pages = useInfiniteQuery(listing('/schemes', { query: { limit: 24 } }))
  return (
    <>
      <PageTitle title={t('entries.schemes')}>
        <p className="quiet">{t('schemes.lead')}</p>
      </PageTitle>
      {may && (
        <Link to="/schemes/new" className="button primary start">
          {t('schemes.new')}
        </Link>
      )}
      <h2 className="unseen">{t('assessments.of.all')}</h2>
      <List
        pages={pages}
        keyOf={({ id }) => id}
        label={t('entries.schemes')}
        empty={
          <Empty title={t('schemes.none')}>
            <p>{t('schemes.noneWhy')}</p>
            <FirstStep permission="schemes:draft">
              <Link to="/schemes/new" className="button primary">
                {t('schemes.new')}
              </Link>
            </FirstStep>
          </Empty>
        }
      >
        {(row) => (
          <article className="tile">
            <div className="tile-head">
              <h3>
                <Link to="/schemes/$scheme" params={{ scheme: row.id }}>
                  {label(row.name)}
                </Link>
              </h3>
              <span className={row.status === 'adopted' ? 'chip good' : 'chip wait'}>{t(`schemes.is.${row.status}`)}</span>
            </div>
            <p className="quiet">
              {t(`words.${row.subject}`)} · <UnitName id={row.unit} />
            </p>
            <p className="quiet">
              {t('schemes.revision', { number: row.revision })}
              {row.adopted !== null && ` · ${t('schemes.inForce', { number: row.adopted })}`}
            </p>
          </article>
        )}
      </List>
    </>
  )
}
