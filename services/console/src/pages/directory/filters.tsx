import { useQuery } from '@tanstack/react-query'
import { useEffect, useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { postKinds } from '../../api/organization.ts'
import { useHomeZone } from '../../parts/as-of.tsx'
import { DateInput } from '../../parts/date-input.tsx'
import { dayIn, isDay } from '../../parts/days.ts'
import { useFormats } from '../../parts/format.ts'
import { UnitFilter } from '../../parts/unit-filter.tsx'
import { useWhenRested } from '../../parts/when-rested.ts'
import type { DirectorySearch } from './routes.tsx'

/** A hand that types passes many texts; where it rests is asked for. */
const restMs = 200

type Props = {
  readonly search: DirectorySearch
  readonly onSearch: (next: { readonly [Name in keyof DirectorySearch]: string | undefined }) => void
}

export const Filters = ({ search, onSearch }: Props) => {
  const { t } = useTranslation()
  const { label } = useFormats()
  const id = useId()
  const { data: kinds = [] } = useQuery(postKinds)
  const today = dayIn(useHomeZone())
  const whenRested = useWhenRested(restMs)
  const [text, setText] = useState(search.q ?? '')
  const asked = search.q ?? ''
  const typed = text.trim()
  useEffect(() => {
    if (typed === asked) return
    return whenRested(() => onSearch({ q: typed || undefined }))
  }, [typed, asked, onSearch])
  // Emptied from outside, as by a button beneath an empty list.
  useEffect(() => {
    if (asked === '') setText('')
  }, [asked])
  return (
    <search className="dir-filters">
      <div className="field dir-search">
        <label htmlFor={`${id}-q`}>{t('directory.find')}</label>
        <input
          id={`${id}-q`}
          className="input"
          type="search"
          autoComplete="off"
          spellCheck={false}
          placeholder={t('directory.findHow')}
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
      </div>
      <UnitFilter unit={search.unit} on={search.on ?? null} onUnit={(unit) => onSearch({ unit })} />
      {asked === '' && (
        <>
          <div className="field">
            <label htmlFor={`${id}-kind`}>{t('directory.kind')}</label>
            <select id={`${id}-kind`} className="select" value={search.kind ?? ''} onChange={(event) => onSearch({ kind: event.target.value })}>
              <option value="">{t('directory.everyKind')}</option>
              {kinds
                .filter((kind) => kind.id !== 'student')
                .map((kind) => (
                  <option key={kind.id} value={kind.id}>
                    {label(kind.name)}
                  </option>
                ))}
            </select>
          </div>
          <div className="field">
            <label htmlFor={`${id}-known`}>{t('directory.known')}</label>
            <DateInput
              id={`${id}-known`}
              max={today}
              value={search.known ?? ''}
              onChange={(value) => {
                if (value === '' || isDay(value)) onSearch({ known: value })
              }}
            />
          </div>
        </>
      )}
    </search>
  )
}
