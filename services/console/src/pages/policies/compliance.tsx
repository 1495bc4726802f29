import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { policyHistory } from '../../api/history.ts'
import { units } from '../../api/organization.ts'
import { mayAnywhere } from '../../api/permissions.ts'
import { reading } from '../../api/read.ts'
import { me } from '../../api/session.ts'
import { useHomeZone } from '../../parts/as-of.tsx'
import { useFormats } from '../../parts/format.ts'
import { ActorName, PostAt, UnitName } from '../../parts/names.tsx'
import { usePolicyValue, usePolicyWords } from '../../parts/policy-name.ts'
import { Empty, Failure, Loading } from '../../parts/states.tsx'
import { complianceOf, type Compliance as Line } from './in-force.ts'
import { HowKept, type Kept, KeptAt } from './kept.tsx'
import './policies.css'

const brokenIn = (kept: Kept | undefined): number => kept?.campuses.reduce((sum, { broken }) => sum + broken, 0) ?? 0

/**
 * Each policy with the value in force at each campus beside the federation's, and how the campus keeps it this term: what was broken most stands
 * first. Who tightened one is told where it was.
 */
export const Compliance = () => {
  const { t } = useTranslation()
  const { label } = useFormats()
  const told = useQuery(reading('/policies'))
  const { data: tree = [] } = useQuery(units())
  const { data: known } = useQuery(me)
  const compliance = useQuery({ ...reading('/compliance'), enabled: known !== undefined && mayAnywhere(known, 'dashboards:read') })
  const [onlyTightened, setOnly] = useState(false)
  if (told.isPending) return <Loading />
  if (told.isError) return <Failure error={told.error} onRetry={() => told.refetch()} />
  const root = tree.find((unit) => unit.parent === null)?.id ?? ''
  const campuses = tree.filter((unit) => unit.kind === 'campus')
  const ids = campuses.map(({ id }) => id)
  const measured = compliance.data?.items.filter(({ how }) => how === 'measured') ?? []
  const untold = campuses.filter(({ id }) => measured.some((kept) => !kept.campuses.some(({ unit }) => unit === id))).map(({ name }) => label(name))
  const keptOf = (name: string): Kept | undefined => compliance.data?.items.find(({ policy }) => policy === name)
  const rank = ({ name }: Line): number => (keptOf(name)?.how === 'measured' ? 0 : 1)
  const all = complianceOf(told.data.items, root, ids, new Date().toISOString()).toSorted(
    (a, b) => brokenIn(keptOf(b.name)) - brokenIn(keptOf(a.name)) || rank(a) - rank(b),
  )
  const lines = onlyTightened ? all.filter((line) => line.campuses.some(({ isTightened }) => isTightened)) : all
  return (
    <>
      {compliance.isError && <Failure error={compliance.error} onRetry={() => compliance.refetch()} />}
      {compliance.data?.term && <p className="quiet">{t('policies.keptIn', { term: label(compliance.data.term.name) })}</p>}
      {untold.length > 0 && <p className="quiet">{t('policies.keptNotTold', { campuses: untold.join(t('act.and')) })}</p>}
      <label className="policy-only">
        <input type="checkbox" className="checkbox" checked={onlyTightened} onChange={(event) => setOnly(event.target.checked)} />
        {t('policies.onlyTightened')}
      </label>
      {lines.length === 0 ? (
        <Empty title={t('policies.noneTightened')}>
          <p>{t('policies.noneTightenedWhy')}</p>
        </Empty>
      ) : (
        <ul className="policy-rows" aria-label={t('policies.compliance')}>
          {lines.map((line) => (
            <li key={line.name} className="policy-campuses">
              <PolicyLine line={line} kept={keptOf(line.name)} isTold={compliance.isSuccess} />
            </li>
          ))}
        </ul>
      )}
    </>
  )
}

const PolicyLine = ({ line, kept, isTold }: { line: Line; kept: Kept | undefined; isTold: boolean }) => {
  const { t } = useTranslation()
  const words = usePolicyWords()
  const say = usePolicyValue()
  const { name, federation, campuses } = line
  return (
    <>
      <span>
        <strong>{words(name)}</strong>
        <span className="quiet policy-code">
          {t('policies.federationSays', { value: say(federation.value) })} · {t(`policies.direction.${federation.tighter}`)}
        </span>
        {isTold && <HowKept kept={kept} />}
      </span>
      <ul className="policy-values">
        {campuses.map(({ campus, version, isTightened }) => (
          <li key={campus}>
            <span className="quiet">
              <UnitName id={campus} />
            </span>{' '}
            <strong>{say(version.value)}</strong>
            <KeptAt kept={kept} campus={campus} />
            {isTightened && <Tightened campus={campus} name={name} />}
          </li>
        ))}
      </ul>
    </>
  )
}

/** By whom, under which post and when. */
const Tightened = ({ campus, name }: { campus: string; name: string }) => {
  const { t } = useTranslation()
  const { moment } = useFormats()
  const zone = useHomeZone()
  const told = useQuery({ ...policyHistory(`${campus}:${name}`), retry: false })
  const last = told.data?.at(-1)
  return (
    <span className="policy-who">
      <span className="chip good">{t('policies.tightened')}</span>
      {told.isError && <span className="quiet">{t('policies.whoNotTold')}</span>}
      {last && (
        <span className="quiet">
          <ActorName actor={last.actor} />
          {last.actor.post !== null && (
            <>
              {' · '}
              <PostAt post={last.actor.post} />
            </>
          )}
          {` · ${moment(last.occurred, zone)}`}
        </span>
      )}
    </span>
  )
}
