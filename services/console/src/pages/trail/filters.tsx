import { useQuery } from '@tanstack/react-query'
import { type FormEvent, useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { inTreeOrder, units } from '../../api/organization.ts'
import { PersonInput } from '../../parts/command-form/people-input.tsx'
import { DateInput } from '../../parts/date-input.tsx'
import { useFormats } from '../../parts/format.ts'
import { useWide } from '../../parts/wide.ts'
import { type Search, searchOf } from './search.ts'
import { useEventTypes, useEventWords } from './words.ts'

type Props = { readonly search: Search; readonly onSearch: (search: Search) => void }

/** What to look for. Nothing happens before it is asked for, so that each answer is one that was wanted. */
export const Filters = ({ search, onSearch }: Props) => {
  const { t } = useTranslation()
  const set = Object.keys(search).length
  const [open, setOpen] = useState(useWide())
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault()
    onSearch(searchOf(Object.fromEntries(new FormData(event.currentTarget))))
  }
  return (
    <details className="trail-filters" open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{set === 0 ? t('trail.filters') : t('trail.filtersSet', { count: set })}</summary>
      {/* The address is the truth: when it changes, the fields begin anew. */}
      <form key={JSON.stringify(search)} className="form filter-grid" onSubmit={submit}>
        <ServiceAndType search={search} />
        <UnitField value={search.unit} />
        <PersonField value={search.person} />
        <DayField name="from" value={search.from} />
        <DayField name="to" value={search.to} />
        <Field name="stream" value={search.stream} />
        <Field name="correlation" value={search.correlation} />
        <div className="filter-buttons">
          <button type="submit" className="button primary">
            {t('trail.search')}
          </button>
          <button type="button" className="button" disabled={set === 0} onClick={() => onSearch({})}>
            {t('trail.clear')}
          </button>
        </div>
      </form>
    </details>
  )
}

const DayField = ({ name, value = '' }: { name: string; value: string | undefined }) => {
  const { t } = useTranslation()
  const id = useId()
  const [day, setDay] = useState(value)
  return (
    <div className="field">
      <label htmlFor={id}>{t(`trail.fields.${name}`)}</label>
      <DateInput id={id} name={name} value={day} onChange={setDay} />
    </div>
  )
}

const Field = ({ name, value }: { name: string; value: string | undefined }) => {
  const { t } = useTranslation()
  return (
    <label className="field">
      <span>{t(`trail.fields.${name}`)}</span>
      <input className="input" name={name} defaultValue={value} maxLength={200} spellCheck={false} autoComplete="off" />
    </label>
  )
}

/** The kinds to choose from follow the chosen service. */
const ServiceAndType = ({ search }: { search: Search }) => {
  const { t } = useTranslation()
  const words = useEventWords()
  const types = useEventTypes()
  const [service, setService] = useState(search.service ?? '')
  return (
    <>
      <label className="field">
        <span>{t('trail.fields.service')}</span>
        <select className="select" name="service" value={service} onChange={(event) => setService(event.target.value)}>
          <option value="">{t('trail.all')}</option>
          {[...types.keys()].map((each) => (
            <option key={each} value={each}>
              {t(`services.${each}`)}
            </option>
          ))}
        </select>
      </label>
      <label className="field">
        <span>{t('trail.fields.type')}</span>
        <select className="select" name="type" key={service} defaultValue={search.type}>
          <option value="">{t('trail.all')}</option>
          {[...types]
            .filter(([each]) => service === '' || each === service)
            .map(([each, kinds]) => (
              <optgroup key={each} label={t(`services.${each}`)}>
                {kinds.map((kind) => (
                  <option key={kind} value={kind}>
                    {words(kind)}
                  </option>
                ))}
              </optgroup>
            ))}
        </select>
      </label>
    </>
  )
}

const UnitField = ({ value }: { value: string | undefined }) => {
  const { t } = useTranslation()
  const { label } = useFormats()
  const { data = [] } = useQuery(units())
  return (
    <label className="field">
      <span>{t('trail.fields.unit')}</span>
      <select className="select" name="unit" key={data.length} defaultValue={value}>
        <option value="">{t('trail.all')}</option>
        {inTreeOrder(data).map(({ unit, depth }) => (
          <option key={unit.id} value={unit.id}>
            {`${'\u2003'.repeat(depth)}${label(unit.name)}`}
          </option>
        ))}
      </select>
    </label>
  )
}

/** Somebody found by name, or an id; the form sends the id. */
const PersonField = ({ value }: { value: string | undefined }) => {
  const { t } = useTranslation()
  const id = useId()
  const [person, setPerson] = useState(value ?? '')
  return (
    <div className="field">
      <label htmlFor={id}>{t('trail.fields.person')}</label>
      <PersonInput id={id} value={person} onChange={setPerson} />
      <input type="hidden" name="person" value={person} />
    </div>
  )
}
