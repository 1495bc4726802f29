import { type MouseEvent, type ReactNode, useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { CommandName, Given } from '../api/command.ts'
import { commands } from '../api/generated/commands.ts'
import type { Commands } from '../api/generated/schema.ts'
import { useCommand } from '../api/use-command.ts'
import { useFormats } from './format.ts'
import { useMay } from './may.ts'
import { UnitName } from './names.tsx'
import { Failure } from './states.tsx'

type ActProps = {
  /** What pressing it needs, and where; null = anywhere. */
  readonly permission: string
  readonly unit: string | null
  /** What pressing it does; null where it sends the form that it stands in. */
  readonly onPress: (() => void) | null
  readonly isBusy?: boolean
  /** Why it cannot be done now, whoever presses; from the page, as `registration ended`. */
  readonly not?: string | null | undefined
  readonly className?: string
  readonly children: ReactNode
}

/** A button that says beforehand whether this person may press it: else it tells why not, and who can. */
export const Act = ({ permission, unit, onPress, isBusy = false, not = null, className = '', children }: ActProps) => {
  const { t } = useTranslation()
  const { label } = useFormats()
  const { may, kinds } = useMay(permission, unit)
  const [isTold, setTold] = useState(false)
  const why = useId()
  const isOff = not !== null || !may
  const press = (event: MouseEvent): void => {
    if (isOff || isBusy) event.preventDefault()
    if (isOff) setTold(!isTold)
    else if (!isBusy) onPress?.()
  }
  const who = kinds.map((kind) => label(kind.name)).join(t('act.and'))
  return (
    <span className="act">
      <button
        type={onPress === null ? 'submit' : 'button'}
        className={`button ${className}`}
        aria-disabled={isOff || isBusy || undefined}
        aria-describedby={isOff ? why : undefined}
        aria-busy={isBusy || undefined}
        onClick={press}
      >
        {children}
      </button>
      {isOff && (
        <span id={why} className={isTold ? 'act-why' : 'act-why unseen'} role={isTold ? 'status' : undefined}>
          {not ?? (
            <>
              {t('act.needs')}
              {unit !== null && (
                <>
                  {t('act.at')}
                  <UnitName id={unit} />
                </>
              )}
              {t('act.end')}
              {t(who === '' ? 'act.nobody' : 'act.who', { who })}
            </>
          )}
        </span>
      )}
    </span>
  )
}

type CommandButtonProps<C extends CommandName> = Omit<ActProps, 'permission' | 'onPress' | 'isBusy'> & {
  readonly command: C
  readonly given: Given<C>
  readonly onDone?: (answer: Commands[C]['answer']) => unknown
}

/** A command on one press; what it brought about is on the page when it stops being busy, a refusal stands beneath it. */
export const CommandButton = <C extends CommandName>({ command, given, onDone, ...act }: CommandButtonProps<C>) => {
  const { run, isBusy, error } = useCommand(command, onDone ? { onDone } : {})
  return (
    <>
      <Act {...act} permission={commands[command].permission} isBusy={isBusy} onPress={() => void run(given)} />
      {error && <Failure error={error} onRetry={() => void run(given)} />}
    </>
  )
}
