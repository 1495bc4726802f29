import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { commands } from '../../api/generated/commands.ts'
import { type Row, reading } from '../../api/read.ts'
import { Act, CommandButton } from '../../parts/act.tsx'
import { CommandForm } from '../../parts/command-form/command-form.tsx'
import { useFormats } from '../../parts/format.ts'
import { PersonName } from '../../parts/names.tsx'
import { Failure, Loading } from '../../parts/states.tsx'

/** Who has a seat, who waits, what became of them; who did not come is noted here, and hours without a check-in are entered. */
export const Roster = ({ shift, timeZone }: { shift: Row<'/shifts'>; timeZone: string }) => {
  const { t } = useTranslation()
  const { moment } = useFormats()
  const [isEntering, setEntering] = useState(false)
  const found = useQuery(reading('/shifts/{id}/sign-ups', { path: { id: shift.id } }))
  const isOver = shift.to <= new Date().toISOString()
  if (found.isPending) return <Loading />
  if (found.isError) return <Failure error={found.error} onRetry={() => found.refetch()} />
  return (
    <>
      {found.data.items.length === 0 && <p className="quiet">{t('volunteers.nobody')}</p>}
      <ul className="volunteer-rows" aria-label={t('volunteers.roster')}>
        {found.data.items.map(({ person, status, since, service }) => (
          <li key={person} data-person={person}>
            <span>
              <PersonName id={person} />
            </span>
            <span className="quiet">
              {service === null ? t(`volunteers.seatOf.${status}`) : t(`volunteers.service.${service}`)} · {moment(since, timeZone)}
            </span>
            {status === 'seated' && service === null && (
              <CommandButton
                command="noteNoShow"
                unit={shift.unit}
                given={{ body: { shift: shift.id, person } }}
                not={isOver ? null : t('volunteers.notOver', { moment: moment(shift.to, timeZone) })}
              >
                {t('volunteers.noShow')}
              </CommandButton>
            )}
          </li>
        ))}
      </ul>
      {isEntering ? (
        <CommandForm
          command="enterHours"
          given={{ shift: shift.id }}
          initial={{ from: shift.from, to: shift.to }}
          timeZone={timeZone}
          submit={t('volunteers.enter')}
          onDone={() => setEntering(false)}
          onCancel={() => setEntering(false)}
        >
          <p className="quiet">{t('volunteers.enterWhy')}</p>
        </CommandForm>
      ) : (
        <Act permission={commands.enterHours.permission} unit={shift.unit} onPress={() => setEntering(true)}>
          {t('volunteers.enter')}
        </Act>
      )}
    </>
  )
}
