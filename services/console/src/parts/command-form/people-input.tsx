import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type FoundPerson, peopleFound } from '../../api/find-people.ts'
import { postKinds, units } from '../../api/organization.ts'
import { Combobox } from '../combobox.tsx'
import { useFormats } from '../format.ts'
import { PersonName, usePersonName } from '../names.tsx'

const isId = (text: string): boolean => /^[A-Za-z0-9][A-Za-z0-9._:-]{0,99}$/.test(text)

/** Somebody found by a part of the name, the number, or an id; by the id alone where nobody is found, as for those who may not look. */
export const PersonInput = ({ id, value, onChange, isFaulty }: { id: string; value: string; onChange: (person: string) => void; isFaulty?: boolean }) => {
  const { t } = useTranslation()
  const [text, setText] = useState('')
  const found = useQuery(peopleFound(useQueryClient(), text))
  const noteOf = useNotes()
  if (value !== '')
    return (
      <span className="picked">
        <span className="chip">
          <PersonName id={value} />
        </span>
        <button type="button" id={id} className="button" onClick={() => onChange('')}>
          {t('form.another')}
        </button>
      </span>
    )
  return (
    <Combobox
      id={id}
      text={text}
      onText={setText}
      isFaulty={isFaulty}
      isBusy={found.isFetching}
      placeholder={t('form.findPerson')}
      options={
        !found.isFetching && (found.data ?? []).length === 0 && isId(text.trim())
          ? [{ id: text.trim(), label: text.trim(), note: t('form.asId') }]
          : (found.data ?? []).map((person) => ({ id: person.id, label: person.name, note: noteOf(person) }))
      }
      onPick={(person) => {
        setText('')
        onChange(person)
      }}
    />
  )
}

/** The number where it may be known, else the post: what tells two of the same name apart. */
const useNotes = (): ((person: FoundPerson) => string) => {
  const { label } = useFormats()
  const kinds = useQuery(postKinds).data ?? []
  const tree = useQuery(units()).data ?? []
  return ({ number, kind, unit }) =>
    [number, ...[kinds.find((each) => each.id === kind), tree.find((each) => each.id === unit)].map((each) => each && label(each.name))]
      .filter(Boolean)
      .join(' · ')
}

/** Several people; each once. */
export const PeopleInput = ({ id, people, onChange }: { id: string; people: readonly string[]; onChange: (people: readonly string[]) => void }) => (
  <>
    {people.length > 0 && (
      <ul className="picked-list">
        {people.map((person) => (
          <Picked key={person} person={person} onLeaveOut={() => onChange(people.filter((each) => each !== person))} />
        ))}
      </ul>
    )}
    <PersonInput id={id} value="" onChange={(person) => onChange([...new Set([...people, person])].filter((each) => each !== ''))} />
  </>
)

const Picked = ({ person, onLeaveOut }: { person: string; onLeaveOut: () => void }) => {
  const { t } = useTranslation()
  const name = usePersonName(person)
  return (
    <li className="chip">
      {name}
      <button type="button" className="bare" aria-label={t('form.leaveOut', { name })} onClick={onLeaveOut}>
        ×
      </button>
    </li>
  )
}
