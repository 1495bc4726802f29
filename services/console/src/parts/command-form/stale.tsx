import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { CommandName } from '../../api/command.ts'
import { commands } from '../../api/generated/commands.ts'
import { ask, filled } from '../../api/http.ts'
import { Changes } from '../changes.tsx'
import { differences } from '../difference.ts'
import { Failure, Loading } from '../states.tsx'

/** An aggregate as somebody saw it. */
export type Seen = { readonly version: number; readonly state: Readonly<Record<string, unknown>> }

type Props = {
  readonly command: CommandName
  readonly path: Record<string, unknown>
  readonly seen: Seen
  readonly timeZone: string
  readonly onGoOn: (version: number) => void
  readonly onGiveUp: () => void
}

/** Somebody else was faster: what has changed since, field by field, and whether to go on. What was typed stays. */
export const Stale = ({ command, path, seen, timeZone, onGoOn, onGiveUp }: Props) => {
  const { t } = useTranslation()
  const address = filled(/^\/[^/]+\/\{\w+\}/.exec(commands[command].path)?.[0] ?? '', path)
  const now = useQuery({ queryKey: ['now', address, seen.version], gcTime: 0, queryFn: ({ signal }) => ask<Seen>(address, { signal }) })
  return (
    <div className="state stale" role="alert">
      <p className="state-title">{t('stale.title')}</p>
      <p>{t('stale.why')}</p>
      {now.isPending && <Loading />}
      {now.isError && <Failure error={now.error} onRetry={() => now.refetch()} />}
      {now.data && (
        <>
          <Changes changes={differences(seen.state, now.data.state)} timeZone={timeZone} />
          <div className="buttons">
            <button type="button" className="button primary" onClick={() => onGoOn(now.data.version)}>
              {t('stale.goOn')}
            </button>
            <button type="button" className="button" onClick={onGiveUp}>
              {t('stale.giveUp')}
            </button>
          </div>
        </>
      )}
    </div>
  )
}
