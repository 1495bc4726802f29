import { useQuery } from '@tanstack/react-query'
import { type FormEvent, useId, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { commands } from '../../api/generated/commands.ts'
import type { Commands } from '../../api/generated/schema.ts'
import { postKinds } from '../../api/organization.ts'
import { mayAnywhere } from '../../api/permissions.ts'
import { me } from '../../api/session.ts'
import { useCommand } from '../../api/use-command.ts'
import { Act } from '../../parts/act.tsx'
import { plusDays } from '../../parts/days.ts'
import { useFormats } from '../../parts/format.ts'
import { Failure } from '../../parts/states.tsx'

export type Made = Commands['makeToken']['answer']

const lives = [30, 90, 180, 365] as const

/** Every permission that exists and that I hold somewhere: a token can be given no other. */
const useHeld = (): ReadonlyMap<string, readonly string[]> => {
  const known = useQuery(me).data
  const kinds = useQuery(postKinds).data
  return useMemo(() => {
    const named = [...Object.values(commands).map(({ permission }) => permission as string), ...(kinds ?? []).flatMap(({ permissions }) => permissions)]
    const all = [...new Set(named)].filter((each) => /^[a-z-]+:[a-z-]+$/.test(each) && known !== undefined && mayAnywhere(known, each))
    return Map.groupBy(all.toSorted(), (each) => each.slice(0, each.indexOf(':')))
  }, [known, kinds])
}

/** What it is for, what it may do, how long. */
export const MakeToken = ({ onMade, onCancel }: { onMade: (made: Made) => void; onCancel: () => void }) => {
  const { t } = useTranslation()
  const { day } = useFormats()
  const id = useId()
  const held = useHeld()
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const { run, isBusy, error } = useCommand('makeToken', { onDone: onMade })
  const today = new Date().toISOString().slice(0, 10)
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault()
    const given = new FormData(event.currentTarget)
    const expiresAt = `${plusDays(today, Number(given.get('life')))}T00:00:00.000Z`
    void run({ body: { name: String(given.get('name')).trim(), permissions: [...chosen], expiresAt } })
  }
  const toggle = (permission: string): void =>
    setChosen((before) => new Set(before.has(permission) ? [...before].filter((each) => each !== permission) : [...before, permission]))
  return (
    <form className="form" onSubmit={submit} aria-busy={isBusy}>
      <div className="field">
        <label htmlFor={`${id}-name`}>{t('tokens.name')}</label>
        <input id={`${id}-name`} className="input" name="name" required maxLength={200} autoComplete="off" />
      </div>
      <div className="field">
        <label htmlFor={`${id}-life`}>{t('fields.expiresAt')}</label>
        <select id={`${id}-life`} className="select" name="life" defaultValue={90}>
          {lives.map((life) => (
            <option key={life} value={life}>
              {t('tokens.life', { count: life, day: day(plusDays(today, life)) })}
            </option>
          ))}
        </select>
      </div>
      <fieldset className="fieldset token-permissions">
        <legend>{t('tokens.may')}</legend>
        <p className="quiet">{t('tokens.mayWhy')}</p>
        {[...held].map(([about, permissions]) => (
          <div key={about} className="token-about">
            {permissions.map((permission) => (
              <label key={permission} className="field tick">
                <input type="checkbox" className="checkbox" checked={chosen.has(permission)} onChange={() => toggle(permission)} />
                <code>{permission}</code>
              </label>
            ))}
          </div>
        ))}
      </fieldset>
      {error && <Failure error={error} />}
      <p className="quiet" role="status">
        {t('tokens.chosen', { count: chosen.size })}
      </p>
      <div className="buttons">
        <Act
          permission={commands.makeToken.permission}
          unit={null}
          isBusy={isBusy}
          not={chosen.size === 0 ? t('tokens.chooseFirst') : null}
          onPress={null}
          className="primary"
        >
          {isBusy ? t('form.busy') : t('tokens.make')}
        </Act>
        <button type="button" className="button" onClick={onCancel}>
          {t('form.cancel')}
        </button>
      </div>
    </form>
  )
}
