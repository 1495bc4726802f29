import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { addressOf, difference, type FactOfRecord, history, readers } from '../../api/moments.ts'
import type { Fact } from '../../api/trail.ts'
import { Changes } from '../../parts/changes.tsx'
import { DateInput } from '../../parts/date-input.tsx'
import { dateOf } from '../../parts/date-text.ts'
import { instantOf, wallOf } from '../../parts/days.ts'
import { type Difference, differences } from '../../parts/difference.ts'
import { useFormats } from '../../parts/format.ts'
import { useUnit } from '../../parts/names.tsx'
import { Section } from '../../parts/page.tsx'
import { Failure, Loading } from '../../parts/states.tsx'
import { Facts } from './facts.tsx'
import { useEventWords } from './words.ts'

/** Any two moments in the life of what the fact is about, side by side; nothing where it cannot be read back. */
export const Compare = ({ fact }: { fact: Fact }) => {
  const { t } = useTranslation()
  const [isOpen, setOpen] = useState(false)
  const known = useQuery(readers)
  const address = known.data ? addressOf(known.data, fact.stream) : null
  if (address === null) return null
  return (
    <Section title={t('compare.title')}>
      <p className="quiet compare-lead">{t('compare.lead')}</p>
      {isOpen ? (
        <Told fact={fact} address={address} />
      ) : (
        <button type="button" className="button start" onClick={() => setOpen(true)}>
          {t('compare.open')}
        </button>
      )}
    </Section>
  )
}

/** A field that was not there and one that holds nothing read alike. */
const isShown = ({ before, after }: Difference): boolean => !(isNothing(before) && isNothing(after))

const isNothing = (value: unknown): boolean => value === undefined || value === null || (typeof value === 'object' && Object.keys(value).length === 0)

type Of = { readonly fact: Fact; readonly address: string }

const Told = ({ fact, address }: Of) => {
  const told = useQuery(history(address))
  if (told.isPending) return <Loading />
  if (told.isError) return <Failure error={told.error} onRetry={() => told.refetch()} />
  return <Chosen fact={fact} address={address} facts={told.data.items} />
}

const Chosen = ({ fact, address, facts }: Of & { facts: readonly FactOfRecord[] }) => {
  const { t } = useTranslation()
  const timeZone = useUnit(fact.unit)?.timezone ?? 'UTC'
  const [from, setFrom] = useState(String(fact.version - 1))
  const [to, setTo] = useState(String(facts.at(-1)?.version ?? fact.version))
  const found = useQuery({ ...difference(address, from, to), placeholderData: keepPreviousData })
  return (
    <>
      <form className="form filter-grid" onSubmit={(event) => event.preventDefault()}>
        <MomentField name="from" value={from} onChange={setFrom} facts={facts} service={fact.service} timeZone={timeZone} />
        <MomentField name="to" value={to} onChange={setTo} facts={facts} service={fact.service} timeZone={timeZone} />
      </form>
      {found.isPending && <Loading />}
      {found.isError && <Failure error={found.error} onRetry={() => found.refetch()} />}
      {found.isSuccess && (
        <div className="compared" aria-busy={found.isPlaceholderData}>
          <Changes changes={differences(found.data.from.state, found.data.to.state).filter(isShown)} timeZone={timeZone} />
          <p role="status">{t('compare.between', { count: found.data.facts.length })}</p>
          <Facts facts={found.data.facts.map((each) => ({ ...each, service: fact.service, stream: fact.stream, unit: fact.unit }))} current={fact.id} />
        </div>
      )}
    </>
  )
}

type Field = {
  readonly name: 'from' | 'to'
  readonly value: string
  readonly onChange: (moment: string) => void
  readonly facts: readonly FactOfRecord[]
  readonly service: string
  readonly timeZone: string
}

/** After one of the facts, at a day and time, or as of a position in the service's history. */
const MomentField = ({ name, value, onChange, facts, service, timeZone }: Field) => {
  const { t } = useTranslation()
  const when = useId()
  const words = useEventWords()
  const { moment, zone } = useFormats()
  const kind = value.includes('T') ? 'time' : value.includes('/') ? 'position' : value
  const last = facts.at(-1)
  const source = `${service}/${last?.shard ?? 0}`
  const begun: Readonly<Record<string, string>> = { time: last?.occurred ?? new Date(0).toISOString(), position: `${source}/${last?.position ?? 1}` }
  return (
    <div className="form">
      <label className="field">
        <span>{t(`compare.${name}`)}</span>
        <select className="select" value={kind} onChange={({ target }) => onChange(begun[target.value] ?? target.value)}>
          <option value="0">{t('compare.start')}</option>
          {facts.map(({ version, type, occurred }) => (
            <option key={version} value={version}>
              {t('compare.fact', { version, what: words(type), when: moment(occurred, timeZone) })}
            </option>
          ))}
          <option value="time">{t('compare.time')}</option>
          <option value="position">{t('compare.position')}</option>
        </select>
      </label>
      {kind === 'position' && (
        <label className="field">
          <span>{t('compare.place', { source })}</span>
          <input
            className="input"
            type="number"
            min={1}
            max={999_999_999_999_999}
            value={value.slice(value.lastIndexOf('/') + 1)}
            onChange={({ target }) => /^[1-9]\d{0,14}$/.test(target.value) && onChange(`${source}/${target.value}`)}
          />
        </label>
      )}
      {kind === 'time' && (
        <div className="field">
          <label htmlFor={when}>{t('compare.when', { zone: zone(timeZone) })}</label>
          <DateInput
            id={when}
            withTime
            value={wallOf(value, timeZone)}
            onChange={(typed) => {
              const wall = dateOf(typed, true)
              if (wall !== null) onChange(instantOf(wall, timeZone))
            }}
          />
        </div>
      )}
    </div>
  )
}
