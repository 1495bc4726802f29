import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { CommandName } from '../../api/command.ts'
import { commands } from '../../api/generated/commands.ts'
import { reading } from '../../api/read.ts'
import { session } from '../../api/session.ts'
import { Act, CommandButton } from '../../parts/act.tsx'
import { CommandForm } from '../../parts/command-form/command-form.tsx'
import { Dialog } from '../../parts/dialog.tsx'
import { useFormats } from '../../parts/format.ts'
import { useUnit } from '../../parts/names.tsx'
import type { Activity } from './stages.ts'

type Step = 'approveActivity' | 'announceActivity' | 'holdActivity' | 'closeActivity'
type Asking = 'preReviewActivity' | 'rejectActivity' | 'openRegistration' | 'cancelActivity' | 'recordSpending' | 'raiseBudget'
const isStep = (name: Step | Asking): name is Step => ['approveActivity', 'announceActivity', 'holdActivity', 'closeActivity'].includes(name)

/** What may be done now, the next step first. */
const stepsOf = ({ status, major }: Activity): readonly (Step | Asking)[] => {
  switch (status) {
    case 'proposed':
      return [major ? 'preReviewActivity' : 'approveActivity', 'rejectActivity', 'cancelActivity']
    case 'pre-reviewed':
      return ['approveActivity', 'rejectActivity', 'cancelActivity']
    case 'approved':
      return ['announceActivity', 'cancelActivity']
    case 'announced':
      return ['openRegistration', 'holdActivity', 'cancelActivity']
    case 'registering':
      return ['holdActivity', 'openRegistration', 'cancelActivity']
    case 'held':
      return ['closeActivity']
    default:
      return []
  }
}

/** The commands of an activity in their place: each says beforehand whether it may be pressed. */
export const Actions = ({ activity }: { activity: Activity }) => {
  const { t } = useTranslation()
  const steps = stepsOf(activity)
  const word = (name: Step | Asking): string => t(`activities.do.${name === 'openRegistration' && activity.status === 'registering' ? 'raiseCapacity' : name}`)
  const why = useWhyNot(activity)
  if (steps.length === 0) return null
  return (
    <div className="buttons" data-actions="">
      {steps.map((name, place) =>
        isStep(name) ? (
          <CommandButton
            key={name}
            command={name}
            unit={activity.unit}
            given={{ path: { id: activity.id }, body: {}, version: activity.version }}
            className={place === 0 ? 'primary' : ''}
            not={why(name)}
          >
            {word(name)}
          </CommandButton>
        ) : (
          <Asked key={name} activity={activity} command={name} isFirst={place === 0} not={why(name)}>
            {word(name)}
          </Asked>
        ),
      )}
    </div>
  )
}

/** Why this person, or this moment, is not the one for it; null where nothing speaks against it. */
const useWhyNot = ({ proposer, organizers, startsAt, unit }: Activity) => {
  const { t } = useTranslation()
  const { moment } = useFormats()
  const person = useQuery(session).data?.person ?? null
  const timeZone = useUnit(unit)?.timezone ?? 'UTC'
  const isOwn = person !== null && (person === proposer || organizers.includes(person))
  return (name: CommandName): string | null => {
    if (isOwn && ['preReviewActivity', 'approveActivity', 'rejectActivity', 'raiseBudget'].includes(name)) return t('activities.not.ownCase')
    if (name === 'holdActivity' && startsAt > new Date().toISOString()) return t('activities.not.started', { moment: moment(startsAt, timeZone) })
    return null
  }
}

type AskedProps = {
  readonly activity: Activity
  readonly command: Asking
  readonly isFirst?: boolean
  readonly not?: string | null
  readonly children: ReactNode
}

/** A command that needs more words than a press: its form in a dialog, made from what the API says about it. */
const Asked = ({ activity, command, isFirst = false, not = null, children }: AskedProps) => {
  const [isOpen, setOpen] = useState(false)
  const { label } = useFormats()
  const timeZone = useUnit(activity.unit)?.timezone ?? 'UTC'
  const seen = useQuery({ ...reading('/activities/{id}', { path: { id: activity.id } }), enabled: isOpen })
  const close = (): void => setOpen(false)
  return (
    <>
      <Act permission={commands[command].permission} unit={activity.unit} className={isFirst ? 'primary' : ''} not={not} onPress={() => setOpen(true)}>
        {children}
      </Act>
      {isOpen && (
        <Dialog title={label(activity.title)} onClose={close}>
          <CommandForm
            command={command}
            path={{ id: activity.id }}
            initial={command === 'openRegistration' ? { capacity: activity.capacity, until: activity.registrationUntil ?? activity.startsAt } : {}}
            seen={seen.data}
            timeZone={timeZone}
            submit={String(children)}
            onDone={close}
            onCancel={close}
          />
        </Dialog>
      )}
    </>
  )
}

const spendable = ['approved', 'announced', 'registering', 'held']

/** What is done with its money: receipts, and a higher budget by whoever decides. */
export const MoneyActions = ({ activity }: { activity: Activity }) => {
  const { t } = useTranslation()
  const why = useWhyNot(activity)
  if (!spendable.includes(activity.status)) return null
  return (
    <div className="buttons">
      <Asked activity={activity} command="recordSpending">
        {t('activities.do.recordSpending')}
      </Asked>
      <Asked activity={activity} command="raiseBudget" not={why('raiseBudget')}>
        {t('activities.do.raiseBudget')}
      </Asked>
    </div>
  )
}
