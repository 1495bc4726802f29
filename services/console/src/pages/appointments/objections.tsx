import { useQuery } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { commands } from '../../api/generated/commands.ts'
import type { HistoryFact } from '../../api/history.ts'
import { me } from '../../api/session.ts'
import { Act } from '../../parts/act.tsx'
import { CommandForm } from '../../parts/command-form/command-form.tsx'
import { Dialog } from '../../parts/dialog.tsx'
import { useFormats } from '../../parts/format.ts'
import { PersonName } from '../../parts/names.tsx'
import { Section } from '../../parts/page.tsx'
import { barOf, type Case, type Objection } from './case-state.ts'

type Props = { readonly id: string; readonly state: Case; readonly facts: readonly HistoryFact[]; readonly timeZone: string }
type Settled = { readonly objection: string; readonly ground: string }

/** What was objected, by whom, and how it was settled; an open one stops the effect. */
export const Objections = ({ id, state, facts, timeZone }: Props) => {
  const { t } = useTranslation()
  const [open, setOpen] = useState<Objection | null>(null)
  const { objections } = state
  if (objections.length === 0) return null
  const ofObjection = (type: string, objection: string): HistoryFact | undefined =>
    facts.find((fact) => fact.type === type && (fact.data as Settled).objection === objection)
  return (
    <Section title={t('appointments.objections')}>
      <ul className="objections">
        {objections.map((each) => (
          <li key={each.id}>
            <Filed objection={each} fact={ofObjection('membership.objection-filed.v1', each.id)} timeZone={timeZone} />
            {each.settled === null ? (
              <SettleButton state={state} objection={each} onPress={() => setOpen(each)} />
            ) : (
              <p>
                <span className={each.settled === 'upheld' ? 'chip wait' : 'chip good'}>{t(`appointments.verdicts.${each.settled}`)}</span>{' '}
                <span className="text">{(ofObjection('membership.objection-settled.v1', each.id)?.data as Settled | undefined)?.ground}</span>
              </p>
            )}
          </li>
        ))}
      </ul>
      {open !== null && <Settle id={id} objection={open} timeZone={timeZone} onClose={() => setOpen(null)} />}
    </Section>
  )
}

const Filed = ({ objection, fact, timeZone }: { objection: Objection; fact: HistoryFact | undefined; timeZone: string }) => {
  const { t } = useTranslation()
  const { moment } = useFormats()
  return (
    <>
      <p className="text">{objection.ground}</p>
      <p className="quiet">
        {objection.by === null ? t('actors.operator') : <PersonName id={objection.by} />}
        {fact && ` · ${moment(fact.occurred, timeZone)}`}
      </p>
    </>
  )
}

/** Whoever raised it, proposed the appointment or is the candidate does not settle it. */
const SettleButton = ({ state, objection, onPress }: { state: Case; objection: Objection; onPress: () => void }) => {
  const { t } = useTranslation()
  const bar = barOf('settle', state, useQuery(me).data?.person?.id ?? null, objection)
  return (
    <Act permission={commands.settleObjection.permission} unit={state.unit} not={bar === null ? null : t(`appointments.bars.${bar}`)} onPress={onPress}>
      {t('appointments.settle')}
    </Act>
  )
}

const Settle = ({ id, objection, timeZone, onClose }: { id: string; objection: Objection; timeZone: string; onClose: () => void }) => {
  const { t } = useTranslation()
  const path = useMemo(() => ({ id }), [id])
  const given = useMemo(() => ({ objection: objection.id }), [objection.id])
  return (
    <Dialog title={t('appointments.settle')} onClose={onClose}>
      <p className="text">{objection.ground}</p>
      <p className="quiet">{t('appointments.settleMeans')}</p>
      <CommandForm
        command="settleObjection"
        path={path}
        given={given}
        timeZone={timeZone}
        submit={t('appointments.settle')}
        onDone={onClose}
        onCancel={onClose}
      />
    </Dialog>
  )
}
