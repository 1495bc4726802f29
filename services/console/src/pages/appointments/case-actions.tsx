import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { commands } from '../../api/generated/commands.ts'
import { me } from '../../api/session.ts'
import { Act, CommandButton } from '../../parts/act.tsx'
import { CommandForm } from '../../parts/command-form/command-form.tsx'
import { Dialog } from '../../parts/dialog.tsx'
import { barOf, type Case, type Step, stepsIn } from './case-state.ts'

type Props = { readonly id: string; readonly state: Case; readonly version: number; readonly timeZone: string }

const asked = { object: 'fileObjection', withdraw: 'withdrawAppointment', remove: 'removeFromPost' } as const
type Asked = keyof typeof asked

/** What is next, by whom; a step that this person may not take says why before it is pressed. */
export const CaseActions = ({ id, state, version, timeZone }: Props) => {
  const { t } = useTranslation()
  const own = useQuery(me).data?.person?.id ?? null
  const [open, setOpen] = useState<Asked | null>(null)
  const steps = stepsIn[state.status]
  const not = (step: Step): string | null => {
    const bar = barOf(step, state, own)
    return bar === null ? null : t(`appointments.bars.${bar}`)
  }
  const close = (): void => setOpen(null)
  if (steps.length === 0) return <p className="quiet">{t('appointments.closed')}</p>
  const path = { id }
  const form = { path, timeZone, seen: { version, state: { ...state } }, onDone: close, onCancel: close }
  return (
    <div className="buttons case-steps">
      {steps.map((step) => {
        if (step === 'recommend' || step === 'check')
          return (
            <CommandButton
              key={step}
              command={step === 'recommend' ? 'recommendAppointment' : 'checkEligibility'}
              given={{ path, body: {} }}
              unit={state.unit}
              not={not(step)}
              className="primary"
            >
              {t(`appointments.steps.${step}`)}
            </CommandButton>
          )
        return (
          <Act key={step} permission={commands[asked[step]].permission} unit={state.unit} not={not(step)} onPress={() => setOpen(step)}>
            {t(`appointments.steps.${step}`)}
          </Act>
        )
      })}
      {open !== null && (
        <Dialog title={t(`appointments.steps.${open}`)} onClose={close}>
          <p>{t(`appointments.means.${open}`)}</p>
          {open === 'object' && <CommandForm command="fileObjection" submit={t('appointments.steps.object')} {...form} />}
          {open === 'withdraw' && <CommandForm command="withdrawAppointment" submit={t('appointments.steps.withdraw')} {...form} />}
          {open === 'remove' && <CommandForm command="removeFromPost" submit={t('appointments.steps.remove')} {...form} />}
        </Dialog>
      )}
    </div>
  )
}
