import { useId, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { newKey } from '../../api/command.ts'
import type { Commands } from '../../api/generated/schema.ts'
import type { Unit } from '../../api/organization.ts'
import { CommandForm } from '../../parts/command-form/command-form.tsx'
import { Dialog } from '../../parts/dialog.tsx'
import { useFormats } from '../../parts/format.ts'
import { freeId, type Template, templatesOf, type What, whatBelow } from './tree.ts'

type Body = Commands['createUnit']['body']
type Props = { readonly parent: Unit; readonly all: readonly Unit[]; readonly onClose: () => void; readonly onDone: (unit: string) => void }

/** A new unit below another: what it is, from which template, and then what its form asks for. */
export const CreateUnit = ({ parent, all, onClose, onDone }: Props) => {
  const { t } = useTranslation()
  const { label } = useFormats()
  const fields = useId()
  const below = whatBelow(parent)
  const [what, setWhat] = useState<What>(below[0] ?? 'department')
  const templates = what === 'department' ? templatesOf(all) : []
  const [chosen, setChosen] = useState('')
  const template = templates.find(({ id }) => id === chosen)
  const here = new Set(all.filter((each) => each.parent === parent.id && each.until === null).map((each) => each.template))
  const word = useMemo(() => newKey().slice(0, 6), [])
  const id = freeId(all, parent.id, template?.id ?? `${what}-${word}`)
  const initial = useMemo(() => ({ name: template?.name, duties: template?.duties }) as Partial<Body>, [template])
  const given = useMemo(() => givenFor(what, parent.id, id, template), [what, parent.id, id, template])
  return (
    <Dialog title={t('organization.createBelow', { name: label(parent.name) })} onClose={onClose}>
      <div className="form">
        <div className="field">
          <label htmlFor={`${fields}-what`}>{t('organization.what')}</label>
          <select id={`${fields}-what`} className="select" value={what} onChange={(event) => setWhat(event.target.value as What)}>
            {below.map((each) => (
              <option key={each} value={each}>
                {t(`organization.kinds.${each}`)}
              </option>
            ))}
          </select>
        </div>
        {templates.length > 0 && (
          <div className="field">
            <label htmlFor={`${fields}-template`}>{t('organization.template')}</label>
            <span className="quiet help">{t('organization.templateWhy')}</span>
            <select id={`${fields}-template`} className="select" value={chosen} onChange={(event) => setChosen(event.target.value)}>
              <option value="">{t('organization.noTemplate')}</option>
              {templates.map((each) => (
                <option key={each.id} value={each.id}>
                  {here.has(each.id) ? t('organization.hereAlready', { name: label(each.name) }) : label(each.name)}
                </option>
              ))}
            </select>
          </div>
        )}
      </div>
      <CommandForm
        key={`${what} ${chosen}`}
        command="createUnit"
        given={given}
        initial={initial}
        timeZone={parent.timezone}
        submit={t('organization.do.create')}
        withReason
        onDone={() => onDone(id)}
        onCancel={onClose}
      />
    </Dialog>
  )
}

/** What the page knows already; what does not belong to this kind of unit is not asked for. */
const givenFor = (what: What, parent: string, unit: string, template: Template | undefined): Partial<Body> => {
  const kind = what === 'campus-union' || what === 'college-union' ? 'union' : what
  const isUnion = kind === 'union'
  const given = {
    unit,
    parent,
    kind,
    template: template?.id,
    level: what === 'campus-union' ? 'campus' : what === 'college-union' ? 'college' : undefined,
    ...(isUnion ? {} : { unionKind: undefined }),
    ...(kind === 'campus' ? {} : { timezone: undefined }),
  }
  return given as unknown as Partial<Body>
}
