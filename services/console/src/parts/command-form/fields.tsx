import { useTranslation } from 'react-i18next'
import { type Draft, emptyOf, isGroup, listOf } from './draft.ts'
import { EndingField } from './ending-field.tsx'
import { Faults, Help, useItemWords, useName } from './field-parts.tsx'
import { fieldId, useForm } from './form-parts.ts'
import { type Choices, Input } from './input.tsx'
import { PeopleInput } from './people-input.tsx'
import { fieldsOf, kindOf, plain, type Schema } from './schema.ts'

export type FieldProps = {
  readonly schema: Schema
  readonly name: string
  readonly path: readonly string[]
  readonly draft: Draft | undefined
  readonly required: boolean
  /** Which of a list it is, from 1. */
  readonly place?: number
  /** What may be chosen in a field that names something, where the page knows. */
  readonly choices?: Choices | undefined
}

/** One field of whatever kind, with its name, its help and what is wrong with it. */
export const Field = (props: FieldProps) => {
  const kind = kindOf(props.schema, props.name)
  if (isEnding(props.schema)) return <EndingField {...props} />
  if (kind === 'group') return <GroupField {...props} />
  if (kind === 'list') return kindOf(plain(props.schema).items ?? {}, props.name) === 'person' ? <PeopleField {...props} /> : <ListField {...props} />
  return <SingleField {...props} />
}

const SingleField = (props: FieldProps) => {
  const { id } = useForm()
  const label = useName(props)
  const isTick = kindOf(props.schema, props.name) === 'yes-no'
  const input = <Input {...props} />
  return (
    <div className={isTick ? 'field tick' : 'field'}>
      {isTick && input}
      <label htmlFor={fieldId(id, props.path)}>{label}</label>
      {!isTick && <Help name={props.name} />}
      {!isTick && input}
      <Faults path={props.path} />
    </div>
  )
}

/** A fact that ends something, and what that fact is about. */
const isEnding = (schema: Schema): boolean => ['event', 'about'].every((each) => each in (plain(schema).properties ?? {}))

const PeopleField = (props: FieldProps) => {
  const { id, change } = useForm()
  const label = useName(props)
  return (
    <div className="field">
      <label htmlFor={fieldId(id, props.path)}>{label}</label>
      <Help name={props.name} />
      <PeopleInput id={fieldId(id, props.path)} people={listOf(props.draft).map(String)} onChange={(people) => change(props.path, people)} />
      <Faults path={props.path} />
    </div>
  )
}

const GroupField = (props: FieldProps) => {
  const legend = useName(props)
  const schema = plain(props.schema)
  const isLabel = 'en' in (schema.properties ?? {}) && 'zh' in (schema.properties ?? {})
  const own = useTranslation().i18n.language.slice(0, 2)
  // The reader's own language comes first.
  const fields = isLabel ? fieldsOf(schema).toSorted(([one], [other]) => Number(other === own) - Number(one === own)) : fieldsOf(schema)
  return (
    <fieldset className={isLabel ? 'fieldset side-by-side' : 'fieldset'}>
      <legend>{legend}</legend>
      <Help name={props.name} />
      {fields.map(([name, inner, required]) => (
        <Field
          key={name}
          schema={inner}
          name={name}
          path={[...props.path, name]}
          draft={isGroup(props.draft) ? props.draft[name] : undefined}
          required={required && props.required}
        />
      ))}
      <Faults path={props.path} />
    </fieldset>
  )
}

const ListField = (props: FieldProps) => {
  const { change } = useForm()
  const legend = useName(props)
  const item = useItemWords(props.name)
  const schema = plain(props.schema)
  const items = listOf(props.draft)
  const least = schema.minItems ?? 0
  return (
    <fieldset className="fieldset">
      <legend>{legend}</legend>
      <Help name={props.name} />
      {items.map((each, place) => (
        <div className="list-item" key={place}>
          <Field schema={schema.items ?? {}} name={props.name} path={[...props.path, String(place)]} draft={each} place={place + 1} required />
          <button
            type="button"
            className="button round"
            disabled={items.length <= least}
            aria-label={item('remove', place + 1)}
            onClick={() =>
              change(
                props.path,
                items.filter((_, other) => other !== place),
              )
            }
          >
            ×
          </button>
        </div>
      ))}
      <button type="button" className="button start" onClick={() => change(props.path, [...items, emptyOf(schema.items ?? {}, props.name)])}>
        {item('add')}
      </button>
      <Faults path={props.path} />
    </fieldset>
  )
}
