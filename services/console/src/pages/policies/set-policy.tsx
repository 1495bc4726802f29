import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { Commands } from '../../api/generated/schema.ts'
import { reading } from '../../api/read.ts'
import { CommandForm } from '../../parts/command-form/command-form.tsx'
import { Dialog } from '../../parts/dialog.tsx'
import { UnitName } from '../../parts/names.tsx'
import { usePolicyWords } from '../../parts/policy-name.ts'
import { ownAt, type Version } from './in-force.ts'

type Body = Commands['setPolicy']['body']
type Props = {
  readonly unit: string
  readonly root: string
  /** The version in force; null for a policy that is new to the federation. */
  readonly policy: Version | null
  readonly timeZone: string
  readonly onClose: () => void
}

/** A policy is set, or tightened at a campus; the rule stands above the field. */
export const SetPolicy = ({ unit, root, policy, timeZone, onClose }: Props) => {
  const { t } = useTranslation()
  const words = usePolicyWords()
  const all = useQuery(reading('/policies')).data?.items ?? []
  const above = policy === null || unit === root ? undefined : ownAt(all, policy.name, root, new Date().toISOString())
  // Which way is tighter was said when the policy was declared: it is not asked again.
  const given = useMemo(() => (policy === null ? { unit } : { unit, name: policy.name, tighter: undefined }) as unknown as Partial<Body>, [policy, unit])
  const initial = useMemo(() => (policy === null ? {} : { value: policy.value }), [policy])
  return (
    <Dialog title={policy === null ? t('policies.new') : words(policy.name)} onClose={onClose}>
      {above && (
        <p>
          {t(`policies.rule.${above.tighter}`, { value: String(above.value) })} <UnitName id={unit} />
        </p>
      )}
      {unit === root && <p>{t('policies.follows')}</p>}
      <CommandForm
        command="setPolicy"
        key={`${unit} ${policy?.name}`}
        given={given}
        initial={initial}
        timeZone={timeZone}
        submit={t(unit === root ? 'policies.set' : 'policies.tighten')}
        withReason
        onDone={onClose}
        onCancel={onClose}
      />
    </Dialog>
  )
}
