import { useInfiniteQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useId, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { listing } from '../../api/read.ts'
import { Act } from '../../parts/act.tsx'
import { useHomeZone } from '../../parts/as-of.tsx'
import { CommandForm } from '../../parts/command-form/command-form.tsx'
import { Dialog } from '../../parts/dialog.tsx'
import { FirstStep } from '../../parts/first-step.tsx'
import { List } from '../../parts/list.tsx'
import { PageTitle, Section } from '../../parts/page.tsx'
import { Empty } from '../../parts/states.tsx'
import { UnitFilter } from '../../parts/unit-filter.tsx'
import { opening } from '../../parts/word.ts'
import { DutiesByUnit } from './by-unit.tsx'
import { DutyCard } from './duty-card.tsx'
import { type DutySearch, states, whose } from './routes.tsx'

const route = getRouteApi('/inside/duties')
/** Whoever assigns one writes a title in their own language. */
const oneTitle = { name: undefined }

/** Duties: mine, those that came up to me, those I gave, and those of the units that I may see, the earliest due first. */
export const DutiesPage = () => {
  const { t } = useTranslation()
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const id = useId()
  const zone = useHomeZone()
  const { whose: by = 'mine', state = 'unfulfilled', unit } = search
  const initial = useMemo(() => (unit === undefined ? {} : { unit }), [unit])
  const show = (next: { readonly [Name in keyof DutySearch]: DutySearch[Name] | undefined }): void =>
    void navigate({ search: Object.fromEntries(Object.entries({ ...search, ...next }).filter(([, value]) => value)) as DutySearch, replace: true })
  const filter = { mine: { owner: 'me' }, up: { escalatedTo: 'me' }, assigned: { assigner: 'me' }, unit: { unit: unit ?? null } }[by]
  const [isAssigning, setAssigning] = useState(false)
  const close = (): void => setAssigning(false)
  const assign = (
    <Act permission="duties:assign" unit={null} className="primary" onPress={() => setAssigning(true)}>
      {t('duties.assign')}
    </Act>
  )
  const pages = useInfiniteQuery({ ...listing('/duties', { query: { ...filter, state, limit: 30 } }), placeholderData: (before) => before })
  return (
    <>
      <div className="title-row">
        <PageTitle title={t('duties.title')}>
          <p className="quiet">{t('duties.lead')}</p>
        </PageTitle>
        {assign}
      </div>
      <fieldset className="filters plain-filters" aria-label={t('duties.whose')}>
        {whose.map((each) => (
          <button key={each} type="button" className="button" aria-pressed={by === each} onClick={() => show({ whose: each, unit: undefined })}>
            {t(`duties.${each}`)}
          </button>
        ))}
      </fieldset>
      <div className="filter-fields">
        <div className="field">
          <label htmlFor={`${id}-state`}>{t('duties.which')}</label>
          <select id={`${id}-state`} className="select" value={state} onChange={(event) => show({ state: states.find((each) => each === event.target.value) })}>
            {states.map((each) => (
              <option key={each} value={each}>
                {opening(t(`duties.state.${each}`))}
              </option>
            ))}
          </select>
        </div>
        {by === 'unit' && <UnitFilter unit={unit} onUnit={(chosen) => show({ unit: chosen })} />}
      </div>
      <h2 className="unseen">{t(`duties.${by}`)}</h2>
      <List
        pages={pages}
        className="items"
        label={t(`duties.${by}`)}
        keyOf={(row) => row.id}
        empty={
          <Empty title={t('duties.none')}>
            <p>{t('duties.noneWhy')}</p>
            {(by === 'assigned' || by === 'unit') && <FirstStep permission="duties:assign">{assign}</FirstStep>}
          </Empty>
        }
      >
        {(row) => <DutyCard row={row} withOwner={by !== 'mine'} />}
      </List>
      {by === 'unit' && (
        <Section title={t('duties.byUnit')}>
          <DutiesByUnit unit={unit ?? null} />
        </Section>
      )}
      {isAssigning && (
        <Dialog title={t('duties.assign')} onClose={close}>
          <CommandForm command="assignDuty" given={oneTitle} initial={initial} timeZone={zone} submit={t('duties.assign')} onDone={close} onCancel={close} />
        </Dialog>
      )}
    </>
  )
}
