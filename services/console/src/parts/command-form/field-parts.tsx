import { useTranslation } from 'react-i18next'
import type { FieldProps } from './fields.tsx'
import { fieldId, pointerOf, useForm } from './form-parts.ts'

/** What stands around every field: its name, its help, and what is wrong with it. */

/** The name of a field in words, and whether it may be left out. */
export const useName = ({ name, required, place }: Pick<FieldProps, 'name' | 'required' | 'place'>): string => {
  const { t } = useTranslation()
  const { command } = useForm()
  const item = useItemWords(name)
  if (place !== undefined) return item('nth', place)
  const label = name === 'en' || name === 'zh' ? t(`form.in.${name}`) : t(`fields.${name}`, { defaultValue: name, context: command })
  return required ? label : t('form.optional', { name: label })
}

/** What is said of one item of a list: sentences of its own, since grammar makes no `Criterion 1` of `Criteria`. */
export const useItemWords = (list: string): ((saying: 'add' | 'nth' | 'remove', place?: number) => string) => {
  const { t } = useTranslation()
  const { command } = useForm()
  return (saying, place) => t(`items.${list}.${saying}`, { place, context: command })
}

export const Faults = ({ path }: { path: readonly string[] }) => {
  const { faults, id } = useForm()
  const mine = faults.filter(({ pointer }) => pointer === pointerOf(path))
  return mine.length === 0 ? null : (
    <span className="fault" id={`${fieldId(id, path)}-fault`}>
      {mine.map(({ detail }) => detail).join(' ')}
    </span>
  )
}

/** Why and how a field is filled in, where the words say so. */
export const Help = ({ name }: { name: string }) => {
  const { t, i18n } = useTranslation()
  return i18n.exists(`help.${name}`) ? <span className="quiet help">{t(`help.${name}`)}</span> : null
}
