import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { listing, type Row } from '../../api/read.ts'
import { Act, CommandButton } from '../../parts/act.tsx'
import { CommandForm } from '../../parts/command-form/command-form.tsx'
import { Dialog } from '../../parts/dialog.tsx'
import { useFormats } from '../../parts/format.ts'
import { List } from '../../parts/list.tsx'
import { PersonName, UnitName, useUnit } from '../../parts/names.tsx'
import { PageTitle, Section } from '../../parts/page.tsx'
import { Empty } from '../../parts/states.tsx'
import './volunteers.css'

const states = ['out', 'entered', 'in', 'confirmed', 'refused', 'no-show'] as const
type Stint = Row<'/stints'>

/** Hours that wait for the host's word, or for somebody's outside the unit; and what became of the others. */
export const DeskPage = () => {
  const { t } = useTranslation()
  const [status, setStatus] = useState<(typeof states)[number]>('out')
  const pages = useInfiniteQuery(listing('/stints', { query: { status, limit: 30 } }))
  return (
    <>
      <PageTitle title={t('volunteers.desk')}>
        <p className="quiet">{t('volunteers.deskLead')}</p>
      </PageTitle>
      <Section title={t(`volunteers.service.${status}`)} aside={<Link to="/shifts">{t('volunteers.byHandAt')}</Link>}>
        <div className="buttons">
          {states.map((each) => (
            <button key={each} type="button" className="button" aria-pressed={status === each} onClick={() => setStatus(each)}>
              {t(`volunteers.service.${each}`)}
            </button>
          ))}
        </div>
        <List
          pages={pages}
          keyOf={({ id }) => id}
          className="volunteer-rows"
          label={t('volunteers.desk')}
          empty={
            <Empty title={t('volunteers.deskEmpty')}>
              <p>{t('volunteers.deskEmptyWhy')}</p>
              <Link to="/shifts" className="button">
                {t('volunteers.byHandAt')}
              </Link>
            </Empty>
          }
        >
          {(stint) => <StintRow stint={stint} />}
        </List>
      </Section>
    </>
  )
}

const StintRow = ({ stint }: { stint: Stint }) => {
  const { t } = useTranslation()
  const { span, hours } = useFormats()
  const [asks, setAsks] = useState<'confirmHours' | 'refuseHours' | null>(null)
  const timeZone = useUnit(stint.unit)?.timezone ?? 'UTC'
  const { id, unit, person, status, from, to, minutes, ground } = stint
  const close = (): void => setAsks(null)
  return (
    <>
      <span data-stint={id}>
        <PersonName id={person} />
        <span className="quiet">
          {' '}
          <UnitName id={unit} />
        </span>
      </span>
      <span className="quiet">
        {from !== null && to !== null && span(from, to, timeZone)}
        {minutes !== null && ` · ${hours(minutes)}`}
        {ground !== null && ` · ${ground}`}
      </span>
      <span className="buttons">
        {status === 'out' && (
          <>
            <CommandButton command="confirmHours" unit={unit} given={{ path: { id }, body: {} }} className="primary">
              {t('volunteers.confirm')}
            </CommandButton>
            <Act permission="volunteers:confirm" unit={unit} onPress={() => setAsks('confirmHours')}>
              {t('volunteers.fewer')}
            </Act>
          </>
        )}
        {status === 'entered' && (
          <CommandButton command="countersignHours" unit={unit} given={{ path: { id }, body: {} }} className="primary">
            {t('volunteers.countersign')}
          </CommandButton>
        )}
        {(status === 'out' || status === 'entered') && (
          <Act permission="volunteers:confirm" unit={unit} onPress={() => setAsks('refuseHours')}>
            {t('volunteers.refuse')}
          </Act>
        )}
      </span>
      {asks !== null && (
        <Dialog title={t(asks === 'confirmHours' ? 'volunteers.fewer' : 'volunteers.refuse')} onClose={close}>
          <CommandForm
            command={asks}
            path={{ id }}
            timeZone={timeZone}
            submit={t(asks === 'confirmHours' ? 'volunteers.confirm' : 'volunteers.refuse')}
            onDone={close}
            onCancel={close}
          >
            {minutes !== null && <p className="quiet">{t('volunteers.served', { minutes })}</p>}
          </CommandForm>
        </Dialog>
      )}
    </>
  )
}
