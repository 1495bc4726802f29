import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Label } from '../api/organization.ts'
import { moneyFields, peopleFields, unitFields } from './field-kinds.ts'
import { useFormats } from './format.ts'
import { ActivityName, DocumentName, MeetingName, PersonName, UnitName } from './names.tsx'
import { useWord } from './word.ts'

const instant = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,3})?Z$/
const shownAtOnce = 20

/** Fields that hold the id of something that has a title. */
const things = { activity: ActivityName, document: DocumentName, meeting: MeetingName } as const

/** Which field says what a value at this path is: the nearest that is known, for maps have ids between. */
export const nameIn = (path: readonly string[]): string | undefined => path.findLast((name) => moneyFields.has(name)) ?? path.at(-1)

type Fields = Readonly<Record<string, unknown>>
type Props = { readonly value: unknown; readonly timeZone: string; readonly name?: string | undefined }

/** A field's name in words; an id or a number that serves as one stays what it is. */
export const useFieldWords = (): ((name: string) => string) => {
  const { t } = useTranslation()
  return (name) => t(`fields.${name}`, { defaultValue: name })
}

/** Any data of the domain for people: dates in the unit's time zone, money as money, names in the reader's language, never a raw table. */
export const Value = ({ value, timeZone, name }: Props) => {
  const { t } = useTranslation()
  const formats = useFormats()
  if (value === null || value === undefined) return <span className="quiet">{t('values.nothing')}</span>
  if (typeof value === 'boolean') return t(value ? 'values.yes' : 'values.no')
  if (typeof value === 'number') return name !== undefined && moneyFields.has(name) ? formats.money(value) : formats.number(value)
  if (typeof value === 'string' && name !== undefined && peopleFields.has(name)) return <PersonName id={value} />
  if (typeof value === 'string' && name !== undefined && unitFields.has(name)) return <UnitName id={value} />
  if (typeof value === 'string' && name !== undefined && name in things) {
    const Name = things[name as keyof typeof things]
    return <Name id={value} />
  }
  if (typeof value === 'string')
    return instant.test(value) ? <time dateTime={value}>{formats.moment(value, timeZone)}</time> : <Words text={value} field={name} />
  if (Array.isArray(value)) return <List items={value} timeZone={timeZone} name={name} />
  const fields = value as Fields
  if (isLabel(fields)) return formats.label(fields)
  if (typeof fields.sealed === 'string') return <span className="quiet">{t('values.sealed')}</span>
  return <FieldList fields={fields} timeZone={timeZone} within={name} />
}

const isLabel = (fields: Fields): fields is Fields & Label => typeof fields.en === 'string' && typeof fields.zh === 'string' && Object.keys(fields).length === 2

/** A word of the domain (`rotating-code`) in the reader's language; an id as an id; a sentence as it was written. */
const Words = ({ text, field }: { text: string; field: string | undefined }) => {
  const said = useWord()(text, field)
  if (said !== text) return said
  return /^[\w.:/-]+$/.test(text) && /[\d:/-]/.test(text) ? <code>{text}</code> : <span className="text">{text}</span>
}

/** Amounts by receipt are amounts, whatever the receipt is called. */
const FieldList = ({ fields, timeZone, within }: { fields: Fields; timeZone: string; within: string | undefined }) => {
  const { t } = useTranslation()
  const fieldWords = useFieldWords()
  const [all, setAll] = useState(false)
  const entries = Object.entries(fields)
  if (entries.length === 0) return <span className="quiet">{t('values.nothing')}</span>
  const shown = all ? entries : entries.slice(0, shownAtOnce)
  return (
    <>
      <dl className="rows">
        {shown.map(([name, value]) => (
          <div key={name}>
            <dt>{fieldWords(name)}</dt>
            <dd>
              <Value value={value} name={within !== undefined && moneyFields.has(within) ? within : name} timeZone={timeZone} />
            </dd>
          </div>
        ))}
      </dl>
      <Rest count={entries.length - shown.length} onAll={() => setAll(true)} />
    </>
  )
}

const List = ({ items, timeZone, name }: { items: readonly unknown[]; timeZone: string; name: string | undefined }) => {
  const { t } = useTranslation()
  const [all, setAll] = useState(false)
  if (items.length === 0) return <span className="quiet">{t('values.nothing')}</span>
  const shown = all ? items : items.slice(0, shownAtOnce)
  return (
    <>
      <ul className="plain">
        {shown.map((item, place) => (
          <li key={place}>
            <Value value={item} name={name} timeZone={timeZone} />
          </li>
        ))}
      </ul>
      <Rest count={items.length - shown.length} onAll={() => setAll(true)} />
    </>
  )
}

const Rest = ({ count, onAll }: { count: number; onAll: () => void }) => {
  const { t } = useTranslation()
  if (count <= 0) return null
  return (
    <button type="button" className="button" onClick={onAll}>
      {t('values.more', { count })}
    </button>
  )
}
