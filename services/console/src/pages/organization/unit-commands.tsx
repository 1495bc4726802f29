import { useQuery } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Unit } from '../../api/organization.ts'
import { reading } from '../../api/read.ts'
import { Act } from '../../parts/act.tsx'
import { CommandForm } from '../../parts/command-form/command-form.tsx'
import { Dialog } from '../../parts/dialog.tsx'
import { useFormats } from '../../parts/format.ts'
import { CreateUnit } from './create-unit.tsx'
import { isGone, whatBelow } from './tree.ts'

const permission = 'units:manage'
type Command = 'create' | 'rename' | 'charter' | 'merge' | 'dissolve'

type Props = {
  readonly unit: Unit
  readonly all: readonly Unit[]
  readonly on: string | null
  readonly onChoose: (unit: string) => void
}

/** What may be done with a unit; what cannot be done now says why before it is pressed. */
export const UnitCommands = ({ unit, all, on, onChoose }: Props) => {
  const { t } = useTranslation()
  const [open, setOpen] = useState<Command | null>(null)
  const isClosed = isGone(unit, null)
  const hasChildren = all.some((each) => each.parent === unit.id && !isGone(each, null))
  const never = on !== null ? t('organization.not.past') : isClosed ? t('organization.not.gone') : null
  const ending = never ?? (unit.kind === 'federation' ? t('organization.not.federation') : hasChildren ? t('organization.not.children') : null)
  const siblings = all.filter((each) => each.kind === unit.kind && each.id !== unit.id && !isGone(each, null))
  const not: Record<Command, string | null> = {
    create: never ?? (whatBelow(unit).length === 0 ? t('organization.not.below') : null),
    rename: never,
    charter: never,
    merge: ending ?? (siblings.length === 0 ? t('organization.not.alone') : null),
    dissolve: ending,
  }
  const close = (): void => setOpen(null)
  return (
    <>
      <div className="buttons">
        {(Object.keys(not) as Command[]).map((each) => (
          <Act key={each} permission={permission} unit={unit.id} not={not[each]} onPress={() => setOpen(each)}>
            {t(`organization.do.${each}`)}
          </Act>
        ))}
      </div>
      {open === 'create' && (
        <CreateUnit
          parent={unit}
          all={all}
          onClose={close}
          onDone={(id) => {
            close()
            onChoose(id)
          }}
        />
      )}
      {open !== null && open !== 'create' && (
        <Dialog title={t(`organization.do.${open}`)} onClose={close}>
          <Change command={open} unit={unit} others={siblings} onClose={close} />
        </Dialog>
      )}
    </>
  )
}

type ChangeProps = { readonly command: Exclude<Command, 'create'>; readonly unit: Unit; readonly others: readonly Unit[]; readonly onClose: () => void }

const Change = ({ command, unit, others, onClose }: ChangeProps) => {
  const { t } = useTranslation()
  const { label } = useFormats()
  // What somebody else changes meanwhile is shown before it is overwritten.
  const seen = useQuery({ ...reading('/units/{id}', { path: { id: unit.id } }), staleTime: Number.POSITIVE_INFINITY, gcTime: 0 }).data
  const name = useMemo(() => ({ name: unit.name }), [unit.name])
  const charter = useMemo(() => ({ duties: unit.duties }), [unit.duties])
  const common = {
    path: { id: unit.id },
    seen,
    timeZone: unit.timezone,
    submit: t(`organization.do.${command}`),
    withReason: true,
    onDone: onClose,
    onCancel: onClose,
  }
  switch (command) {
    case 'rename':
      return <CommandForm command="renameUnit" initial={name} {...common} />
    case 'charter':
      return <CommandForm command="changeCharter" initial={charter} {...common} />
    case 'merge':
      return (
        <CommandForm command="mergeUnit" choices={{ into: others.map(({ id, name: each }) => ({ value: id, label: label(each) })) }} {...common}>
          <p>{t('organization.mergeMeans')}</p>
        </CommandForm>
      )
    case 'dissolve':
      return (
        <CommandForm command="dissolveUnit" {...common}>
          <p>{t('organization.dissolveMeans')}</p>
        </CommandForm>
      )
  }
}
