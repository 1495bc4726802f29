import { useQuery } from '@tanstack/react-query'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { inTreeOrder, units } from '../../api/organization.ts'
import { reading } from '../../api/read.ts'
import { Combobox } from '../combobox.tsx'
import { documentKinds } from '../document-kinds.ts'
import { useFormats } from '../format.ts'
import { ActivityName, MeetingName } from '../names.tsx'
import { opening } from '../word.ts'
import { isGroup, textOf } from './draft.ts'
import { Faults, Help, useName } from './field-parts.tsx'
import type { FieldProps } from './fields.tsx'
import { fieldId, pointerOf, useForm } from './form-parts.ts'
import { Select } from './input.tsx'
import { plain } from './schema.ts'

/** A fact that ends a duty, and what it is about, chosen by name: an activity, a meeting, or for a document its kind and whose it is. */
export const EndingField = (props: FieldProps) => {
  const { t } = useTranslation()
  const { id, change } = useForm()
  const legend = useName(props)
  const { event: kinds = {}, about: schema = {} } = plain(props.schema).properties ?? {}
  const draft = isGroup(props.draft) ? props.draft : {}
  const [event, at] = [textOf(draft.event), [...props.path, 'event']]
  const about = { schema, name: 'about', path: [...props.path, 'about'], draft: draft.about, required: true }
  return (
    <fieldset className="fieldset">
      <legend>{legend}</legend>
      <Help name={props.name} />
      <div className="field">
        <label htmlFor={fieldId(id, at)}>{t('fields.event')}</label>
        <Select
          id={fieldId(id, at)}
          name={at.join('.')}
          value={event}
          required={props.required}
          // Another kind of fact is about something else: what was chosen for the one before goes.
          onChange={({ target }) => change(props.path, target.value === '' ? {} : { event: target.value, about: '' })}
          choices={(kinds.enum ?? []).map((value) => ({ value, label: t(`events.${value}`) }))}
        />
      </div>
      {event.startsWith('documents.') && <DocumentAbout {...about} />}
      {event.startsWith('activities.activity-') && <Found {...about} what="activity" />}
      {event.startsWith('activities.m') && <Found {...about} what="meeting" />}
    </fieldset>
  )
}

/** `summary:<activity>` or `plan:<unit>`: what is written, and of what. */
const DocumentAbout = (props: FieldProps) => {
  const { t } = useTranslation()
  const { change } = useForm()
  const id = useId()
  const [kind = '', of = ''] = textOf(props.draft).split(/:(.*)/)
  const tree = useQuery(units()).data ?? []
  const [chosen, choose] = useState<boolean | null>(null)
  const isOfUnit = chosen ?? tree.some((unit) => unit.id === of)
  const set = (nextKind: string, nextOf: string): void => change(props.path, nextKind === '' && nextOf === '' ? '' : `${nextKind}:${nextOf}`)
  return (
    <>
      <div className="field">
        <label htmlFor={`${id}-kind`}>{t('form.ending.kind')}</label>
        <Select
          id={`${id}-kind`}
          name={`${props.path.join('.')}.kind`}
          value={kind}
          required
          onChange={(event) => set(event.target.value, of)}
          choices={documentKinds.map((value) => ({ value, label: opening(t(`words.${value}`)) }))}
        />
      </div>
      <div className="field tick">
        <input
          id={`${id}-unit`}
          type="checkbox"
          className="checkbox"
          checked={isOfUnit}
          onChange={(event) => {
            choose(event.target.checked)
            set(kind, '')
          }}
        />
        <label htmlFor={`${id}-unit`}>{t('form.ending.ofUnit')}</label>
      </div>
      {isOfUnit ? (
        <UnitOf {...props} value={of} onPick={(unit) => set(kind, unit)} />
      ) : (
        <Found {...props} what="activity" value={of} onPick={(found) => set(kind, found)} />
      )}
    </>
  )
}

type PickProps = FieldProps & { readonly value?: string; readonly onPick?: (id: string) => void }

const UnitOf = ({ path, value = '', onPick }: PickProps) => {
  const { t } = useTranslation()
  const { id } = useForm()
  const { label } = useFormats()
  const { data = [] } = useQuery(units())
  return (
    <div className="field">
      <label htmlFor={fieldId(id, path)}>{t('fields.unit')}</label>
      <Select
        id={fieldId(id, path)}
        name={path.join('.')}
        value={value}
        required
        onChange={(event) => onPick?.(event.target.value)}
        choices={inTreeOrder(data).map(({ unit, depth }) => ({ value: unit.id, label: `${'\u2003'.repeat(depth)}${label(unit.name)}` }))}
      />
      <Faults path={path} />
    </div>
  )
}

/** An activity or a meeting, found by a part of its title. */
const Found = ({ path, draft, what, value = textOf(draft), onPick }: PickProps & { readonly what: 'activity' | 'meeting' }) => {
  const { t } = useTranslation()
  const { id, faults, change } = useForm()
  const [text, setText] = useState('')
  const { options, isBusy } = useOptions(what, text)
  const pick = onPick ?? ((found: string) => change(path, found))
  const own = fieldId(id, path)
  return (
    <div className="field">
      <label htmlFor={own}>{t(`words.${what}`)}</label>
      {value === '' ? (
        <Combobox
          id={own}
          text={text}
          onText={setText}
          isFaulty={faults.some(({ pointer }) => pointer === pointerOf(path))}
          isBusy={isBusy}
          placeholder={t('form.ending.find')}
          options={options}
          onPick={(found) => {
            setText('')
            pick(found)
          }}
        />
      ) : (
        <span className="picked">
          <span className="chip">{what === 'activity' ? <ActivityName id={value} /> : <MeetingName id={value} />}</span>
          <button type="button" id={own} className="button" onClick={() => pick('')}>
            {t('form.ending.another')}
          </button>
        </span>
      )}
      <Faults path={path} />
    </div>
  )
}

const most = 10

const useOptions = (what: 'activity' | 'meeting', text: string) => {
  const { label, day } = useFormats()
  const asked = text.trim()
  const isAsked = asked !== ''
  const activities = useQuery({ ...reading('/activities', { query: { q: asked, limit: most } }), enabled: what === 'activity' && isAsked })
  const meetings = useQuery({ ...reading('/meetings', { query: { limit: 200 } }), enabled: what === 'meeting' })
  const found =
    what === 'activity'
      ? (activities.data?.items ?? []).map(({ id, title, startsAt }) => ({ id, title, at: startsAt }))
      : (meetings.data?.items ?? []).filter(({ title }) => `${title.en} ${title.zh}`.toLowerCase().includes(asked.toLowerCase())).slice(0, most)
  return {
    isBusy: what === 'activity' ? activities.isFetching : meetings.isFetching,
    options: found.map(({ id, title, at }) => ({ id, label: label(title), note: day(at.slice(0, 10)) })),
  }
}
