import { type ComponentType, type ReactNode, useState } from 'react'
import type { CommandName } from '../api/command.ts'
import { commands } from '../api/generated/commands.ts'
import type { Commands } from '../api/generated/schema.ts'
import { Act } from './act.tsx'
import { CommandForm, type GivenFields } from './command-form/command-form.tsx'
import type { Choices } from './command-form/input.tsx'
import type { Seen } from './command-form/stale.tsx'
import { Dialog } from './dialog.tsx'
import { useUnit } from './names.tsx'

type Props<C extends CommandName> = {
  readonly command: C
  readonly path?: Commands[C]['path']
  /** Where it is done: its permission is looked at there, and moments are typed in its time zone; null = anywhere. */
  readonly unit: string | null
  readonly label: string
  readonly title?: string
  readonly not?: string | null | undefined
  readonly className?: string
  readonly given?: GivenFields<Commands[C]['body']>
  readonly initial?: Partial<Commands[C]['body']>
  readonly choices?: { readonly [Name in keyof Commands[C]['body']]?: Choices }
  readonly seen?: Seen | undefined
  readonly onDone?: (answer: Commands[C]['answer']) => unknown
  readonly children?: ReactNode
}

// Whether a command has a path is known to its callers, who are checked; here it is one of all.
const Form = CommandForm as unknown as ComponentType<object>

/** A button that opens the form of its command over the page, which stays where it is. */
export const CommandDialog = <C extends CommandName>({ command, path, unit, label, title = label, not, className, onDone, children, ...rest }: Props<C>) => {
  const [isOpen, setOpen] = useState(false)
  const timeZone = useUnit(unit ?? '')?.timezone ?? 'UTC'
  const close = (): void => setOpen(false)
  const form = {
    ...rest,
    command,
    path,
    timeZone,
    submit: label,
    onCancel: close,
    onDone: (answer: Commands[C]['answer']) => {
      close()
      return onDone?.(answer)
    },
    children,
  }
  return (
    <>
      <Act permission={commands[command].permission} unit={unit} not={not} onPress={() => setOpen(true)} {...(className ? { className } : {})}>
        {label}
      </Act>
      {isOpen && (
        <Dialog title={title} onClose={close}>
          <Form {...form} />
        </Dialog>
      )}
    </>
  )
}
