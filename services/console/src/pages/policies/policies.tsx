import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { units } from '../../api/organization.ts'
import { reading } from '../../api/read.ts'
import { Act } from '../../parts/act.tsx'
import { AsOf, useHomeZone } from '../../parts/as-of.tsx'
import { plusDays, startOf } from '../../parts/days.ts'
import { useFormats } from '../../parts/format.ts'
import { UnitName } from '../../parts/names.tsx'
import { PageTitle } from '../../parts/page.tsx'
import { usePolicyValue, usePolicyWords } from '../../parts/policy-name.ts'
import { Empty, Failure, Loading } from '../../parts/states.tsx'
import { UnitSelect } from '../../parts/unit-select.tsx'
import type { Version } from './in-force.ts'
import type { PolicySearch } from './routes.tsx'
import { SetPolicy } from './set-policy.tsx'
import './policies.css'

const route = getRouteApi('/inside/policies')
const permission = 'policies:set'

/** The numbers by which a unit goes on a day, who set each, and the form to tighten one. */
export const PoliciesPage = () => {
  const { t } = useTranslation()
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const id = useId()
  const zone = useHomeZone()
  const { data: tree = [] } = useQuery(units())
  const root = tree.find((unit) => unit.parent === null)?.id
  const unit = search.unit ?? root
  const show = (next: { readonly [Name in keyof PolicySearch]: string | undefined }): void =>
    void navigate({ search: Object.fromEntries(Object.entries({ ...search, ...next }).filter(([, value]) => value)), replace: true })
  return (
    <>
      <PageTitle title={t('policies.title')}>
        <p className="quiet">{t('policies.lead')}</p>
      </PageTitle>
      <AsOf on={search.on ?? null} onDay={(day) => show({ on: day ?? undefined })} />
      <div className="field policy-unit">
        <label htmlFor={`${id}-unit`}>{t('policies.at')}</label>
        <UnitSelect id={`${id}-unit`} value={unit ?? ''} onChange={(chosen) => show({ unit: chosen === root ? undefined : chosen })} />
      </div>
      {unit !== undefined && root !== undefined && (
        <InForce unit={unit} root={root} at={search.on === undefined ? null : startOf(plusDays(search.on, 1), zone)} timeZone={zone} />
      )}
    </>
  )
}

type InForceProps = { readonly unit: string; readonly root: string; readonly at: string | null; readonly timeZone: string }

const InForce = ({ unit, root, at, timeZone }: InForceProps) => {
  const { t } = useTranslation()
  const told = useQuery({ ...reading('/policies', { query: { unit, at } }), placeholderData: (before) => before })
  const kind = useQuery(units()).data?.find((each) => each.id === unit)?.kind
  const [open, setOpen] = useState<Version | 'new' | null>(null)
  if (told.isPending) return <Loading />
  if (told.isError) return <Failure error={told.error} onRetry={() => told.refetch()} />
  const not = at !== null ? t('policies.not.past') : kind === 'federation' || kind === 'campus' ? null : t('policies.not.unit')
  const { items } = told.data
  const declare = (
    <Act
      permission={permission}
      unit={root}
      not={at !== null ? t('policies.not.past') : unit === root ? null : t('policies.not.new')}
      onPress={() => setOpen('new')}
    >
      {t('policies.new')}
    </Act>
  )
  return (
    <>
      {items.length === 0 ? (
        <Empty title={t('policies.none')}>
          <p>{t('policies.noneWhy')}</p>
          {declare}
        </Empty>
      ) : (
        <ul className="policy-rows" aria-label={t('policies.title')}>
          {items.map((version) => (
            <li key={version.name}>
              <PolicyRow version={version} timeZone={timeZone} isOwn={version.unit === unit && unit !== root} />
              <Act permission={permission} unit={unit} not={not} onPress={() => setOpen(version)}>
                {t(unit === root ? 'policies.set' : 'policies.tighten')}
              </Act>
            </li>
          ))}
        </ul>
      )}
      <div className="buttons">
        {items.length > 0 && declare}
        <Link to="/guidance" className="button">
          {t('policies.byCampus')}
        </Link>
      </div>
      {open !== null && <SetPolicy unit={unit} root={root} policy={open === 'new' ? null : open} timeZone={timeZone} onClose={() => setOpen(null)} />}
    </>
  )
}

const PolicyRow = ({ version, timeZone, isOwn }: { version: Version; timeZone: string; isOwn: boolean }) => {
  const { t } = useTranslation()
  const { moment } = useFormats()
  const words = usePolicyWords()
  const say = usePolicyValue()
  const { name, value, tighter, unit, from, version: count } = version
  return (
    <>
      <strong>{words(name)}</strong>
      <span className="policy-value">{say(value)}</span>
      <span className="quiet">
        {isOwn && <span className="chip good">{t('policies.tightened')}</span>} <UnitName id={unit} />
        {' · '}
        {t('policies.versionSince', { version: count, moment: moment(from, timeZone) })}
        {' · '}
        {t(`policies.direction.${tighter}`)}
      </span>
    </>
  )
}
