import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { inTreeOrder, units } from '../../api/organization.ts'
import { DateInput } from '../date-input.tsx'
import { useFormats } from '../format.ts'
import { opening } from '../word.ts'
import { textOf } from './draft.ts'
import type { FieldProps } from './fields.tsx'
import { fieldId, pointerOf, useForm } from './form-parts.ts'
import { PersonInput } from './people-input.tsx'
import { kindOf, plain } from './schema.ts'

/** What may be chosen: what is sent, and what it is called. */
export type Choices = readonly { readonly value: string; readonly label: string }[]

/** Where one value is filled in. */
export const Input = (props: FieldProps) => {
  const { t, i18n } = useTranslation()
  const { zone, money } = useFormats()
  const { id: form, faults, change, timeZone } = useForm()
  const { name, path, draft, required } = props
  const schema = plain(props.schema)
  const id = fieldId(form, path)
  const isFaulty = faults.some(({ pointer }) => pointer === pointerOf(path))
  const set = (value: string | boolean): void => change(path, value)
  const common = {
    id,
    name: path.join('.'),
    'aria-invalid': isFaulty || undefined,
    'aria-describedby': isFaulty ? `${id}-fault` : undefined,
    'aria-required': required,
  }
  const typed = { ...common, className: 'input', value: textOf(draft), onChange: (event: { target: { value: string } }) => set(event.target.value) }

  if (props.choices) return <Select {...typed} choices={props.choices} required={required} />
  switch (kindOf(props.schema, name)) {
    case 'yes-no':
      return <input {...common} type="checkbox" className="checkbox" checked={draft === true} onChange={(event) => set(event.target.checked)} />
    case 'choice': {
      const word = (value: string): string =>
        i18n.exists(`words.${value}`) ? t(`words.${value}`) : i18n.exists(`events.${value}`) ? t(`events.${value}`) : value
      return <Select {...typed} required={required} choices={(schema.enum ?? []).map((value) => ({ value, label: opening(word(value)) }))} />
    }
    case 'unit':
      return <UnitSelect {...typed} required={required} />
    case 'person':
      return <PersonInput id={id} isFaulty={isFaulty} value={textOf(draft)} onChange={set} />
    case 'paragraphs':
      return <textarea {...typed} className="input paragraphs" rows={4} maxLength={schema.maxLength} />
    case 'moment':
      return <DateInput {...common} value={textOf(draft)} withTime zone={zone(timeZone)} onChange={set} />
    case 'day':
      return <DateInput {...common} value={textOf(draft)} onChange={set} />
    case 'number':
      return <input {...typed} inputMode="decimal" autoComplete="off" />
    case 'money':
      return <input {...typed} inputMode="decimal" autoComplete="off" placeholder={money(0)} />
    default:
      return <input {...typed} maxLength={schema.maxLength} autoComplete="off" />
  }
}

type SelectProps = {
  readonly id: string
  readonly name: string
  readonly value: string
  readonly onChange: (event: { target: { value: string } }) => void
  readonly required: boolean
}

/** One of some values, by what they are called. */
export const Select = ({ choices, required, ...rest }: SelectProps & { readonly choices: Choices }) => {
  const { t } = useTranslation()
  return (
    <select {...rest} className="select">
      <option value="">{t(required ? 'form.choose' : 'form.none')}</option>
      {choices.map(({ value, label }) => (
        <option key={value} value={value}>
          {label}
        </option>
      ))}
    </select>
  )
}

const UnitSelect = (props: SelectProps) => {
  const { label } = useFormats()
  const { data = [] } = useQuery(units())
  return <Select {...props} choices={inTreeOrder(data).map(({ unit, depth }) => ({ value: unit.id, label: `${'\u2003'.repeat(depth)}${label(unit.name)}` }))} />
}
