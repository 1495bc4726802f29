import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { peopleNamed, personCard } from '../../api/organization.ts'
import { Combobox } from '../combobox.tsx'
import { PersonName } from '../names.tsx'

const isId = (text: string): boolean => /^[A-Za-z0-9][A-Za-z0-9._:-]{0,99}$/.test(text)

/** Somebody found by a part of the name, the number, or an id; by the id alone where nobody is found, as for those who may not look. */
export const PersonInput = ({ id, value, onChange, isFaulty }: { id: string; value: string; onChange: (person: string) => void; isFaulty?: boolean }) => {
  const { t } = useTranslation()
  const [text, setText] = useState('')
  const found = useQuery(peopleNamed(text))
  const card = useQuery({ ...personCard(value), enabled: value !== '' })
  if (value !== '')
    return (
      <span className="picked">
        <span className="chip">{card.data?.name ?? value}</span>
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
          : (found.data ?? []).map((person) => ({ id: person.id, label: person.name ?? person.id, note: person.number ?? '' }))
      }
      onPick={(person) => {
        setText('')
        onChange(person)
      }}
    />
  )
}

/** Several people; each once. */
export const PeopleInput = ({ id, people, onChange }: { id: string; people: readonly string[]; onChange: (people: readonly string[]) => void }) => {
  const { t } = useTranslation()
  return (
    <>
      {people.length > 0 && (
        <ul className="picked-list">
          {people.map((person) => (
            <li key={person} className="chip">
              <PersonName id={person} />
              <button
                type="button"
                className="bare"
                aria-label={t('form.leaveOut', { id: person })}
                onClick={() => onChange(people.filter((each) => each !== person))}
              >
                ×
              </button>
            </li>
          ))}
        </ul>
      )}
      <PersonInput id={id} value="" onChange={(person) => onChange([...new Set([...people, person])].filter((each) => each !== ''))} />
    </>
  )
}
