import { useQuery } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { commands } from '../../api/generated/commands.ts'
import type { Commands } from '../../api/generated/schema.ts'
import { reading } from '../../api/read.ts'
import { useCommand } from '../../api/use-command.ts'
import { Act, CommandButton } from '../../parts/act.tsx'
import { Failure, Loading } from '../../parts/states.tsx'
import { Holds } from './holds.tsx'

type Basis = Commands['requestErasure']['body']['basis']
const bases: readonly Basis[] = ['consent-withdrawn', 'no-longer-needed', 'objection', 'unlawful', 'legal-duty']

/** How far my erasure is; to ask for it, and to take that back. */
export const OwnErasure = ({ person }: { person: string }) => {
  const { t } = useTranslation()
  const found = useQuery(reading('/people/{id}/erasure', { path: { id: person } }))
  if (found.isPending) return <Loading />
  if (found.isError) return <Failure error={found.error} onRetry={() => found.refetch()} />
  const { status, holds, approvals } = found.data
  const isOpen = status === 'requested' || status === 'held'
  return (
    <>
      {status !== 'none' && (
        <p role="status" className="erasure-status" data-status={status}>
          {t(`privacy.status.${status}`)}
          {isOpen && <span className="quiet"> {t('privacy.erasure.approvals', { count: approvals })}</span>}
        </p>
      )}
      {isOpen && <Holds holds={holds} />}
      {isOpen ? <Withdraw person={person} /> : (status === 'none' || status === 'withdrawn') && <Ask person={person} />}
    </>
  )
}

const Ask = ({ person }: { person: string }) => {
  const { t } = useTranslation()
  const [basis, setBasis] = useState<Basis>('consent-withdrawn')
  const [isSure, setSure] = useState(false)
  const { run, isBusy, error } = useCommand('requestErasure')
  const ask = (event: FormEvent): void => {
    event.preventDefault()
    void run({ body: { person, basis } })
  }
  return (
    <form className="form command-form" onSubmit={ask}>
      <p>{t('privacy.erasure.what')}</p>
      <p className="quiet">{t('privacy.erasure.stays')}</p>
      <label className="field">
        <span>{t('privacy.erasure.basis')}</span>
        <select className="select" name="basis" value={basis} onChange={(event) => setBasis(event.target.value as Basis)}>
          {bases.map((each) => (
            <option key={each} value={each}>
              {t(`words.${each}`)}
            </option>
          ))}
        </select>
      </label>
      <label className="sure">
        <input type="checkbox" className="checkbox" name="sure" checked={isSure} onChange={(event) => setSure(event.target.checked)} />{' '}
        {t('privacy.erasure.sure')}
      </label>
      {error && <Failure error={error} />}
      <div className="buttons">
        <Act permission={commands.requestErasure.permission} unit={null} isBusy={isBusy} not={isSure ? null : t('privacy.erasure.firstSure')} onPress={null}>
          {t('privacy.erasure.ask')}
        </Act>
      </div>
    </form>
  )
}

const Withdraw = ({ person }: { person: string }) => {
  const { t } = useTranslation()
  return (
    <div className="buttons">
      <CommandButton command="withdrawErasure" given={{ path: { id: person }, body: {} }} unit={null}>
        {t('privacy.erasure.withdraw')}
      </CommandButton>
    </div>
  )
}
